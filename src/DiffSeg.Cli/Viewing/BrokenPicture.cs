using DiffSeg.Cli.Inputs;
using DiffSeg.Cli.Segmenting;
using DiffSeg.Cli.Viewing.Answers;
using DiffSeg.Pictures;
using Microsoft.AspNetCore.Http;

namespace DiffSeg.Cli.Viewing;

/// <summary>What the page says of a picture that cannot be shown or segmented, in the words of "diffseg segment".</summary>
internal static class BrokenPicture
{
    /// <summary>Looks at its file.</summary>
    /// <param name="image">The picture.</param>
    /// <exception cref="ViewProblem">It is no picture, or not a whole one.</exception>
    public static void Check(InputImage image)
    {
        if (PictureFile.Problem(image.Path) is { } problem)
        {
            throw Problem(image, problem.Text);
        }
    }

    /// <summary>What came of decoding it, or of the model.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="cause">What was thrown.</param>
    public static ViewProblem Problem(InputImage image, Exception cause) => Problem(image, FailureText.Of(cause));

    private static ViewProblem Problem(InputImage image, string reason) =>
        new(StatusCodes.Status422UnprocessableEntity, $"{image.Name}: {reason}");
}
