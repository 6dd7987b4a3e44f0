using System.Diagnostics;
using System.Globalization;
using DiffSeg.Cli.Inputs;
using DiffSeg.Cli.Viewing.Answers;
using DiffSeg.Cli.Viewing.Encoded;
using DiffSeg.Pictures;
using Microsoft.AspNetCore.Http;

namespace DiffSeg.Cli.Viewing;

/// <summary>The pictures of a viewer, and the answers to what the page asks about them. Pictures go by their number.</summary>
/// <param name="images">The pictures.</param>
/// <param name="encoded">Those that the model has seen.</param>
/// <param name="stored">Masks of earlier runs.</param>
/// <param name="model">Name of the model.</param>
/// <param name="options">How the attention becomes a mask.</param>
internal sealed class Album(
    IReadOnlyList<InputImage> images, EncodedPictures encoded, StoredMasks stored, string model, DiffSegOptions options)
{
    /// <summary>What the page needs to begin.</summary>
    public AlbumAnswer Describe() => new(
        [.. images.Select(image => image.Name)],
        model,
        options.KlThreshold,
        [.. Enumerable.Range(0, Palette.Standard.Count).Select(label => Palette.Standard[label].ToString())]);

    /// <summary>A picture.</summary>
    /// <param name="number">Its number as the page gives it.</param>
    /// <exception cref="ViewProblem">There is no such picture.</exception>
    public InputImage Picture(string number) => images[Index(number)];

    /// <summary>A mask of a picture, of about the size of a screen. The next picture goes through the model meanwhile.</summary>
    /// <param name="number">Number of the picture.</param>
    /// <param name="threshold">The threshold; null for the usual one.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ViewProblem">There is no such picture, or it cannot be read.</exception>
    public async Task<MaskAnswer> MaskAsync(string number, float? threshold, CancellationToken cancellationToken)
    {
        int index = Index(number);
        using EncodedPictures.Loan loan = await RentAsync(index, cancellationToken).ConfigureAwait(false);
        EncodedPicture picture = loan.Picture;
        long begin = Stopwatch.GetTimestamp();
        DiffSegOptions wanted = threshold is { } given ? options with { KlThreshold = given, KlThresholds = null } : options;
        Segmentation mask = picture.Session.Segment(wanted, picture.Screen, cancellationToken: cancellationToken);
        TimeSpan time = Stopwatch.GetElapsedTime(begin);
        picture.Prepare(options);
        encoded.Prepare(index + 1);
        return new MaskAnswer(
            mask.Height, mask.Width, LabelRuns.Of(mask.Labels), MaskAnswer.Describe(mask.Segments, mask.Labels.Length),
            new SizeAnswer(picture.Height, picture.Width), picture.Part)
        {
            Threshold = wanted.KlThreshold,
            EncodingTime = picture.Time.TotalMilliseconds,
            SegmentingTime = time.TotalMilliseconds,
            Stored = stored.Find(index) is not null,
        };
    }

    /// <summary>The mask of a picture as a file, as "diffseg segment" writes it.</summary>
    /// <param name="number">Number of the picture.</param>
    /// <param name="threshold">The threshold; null for the usual one.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ViewProblem">There is no such picture, or it cannot be read.</exception>
    public async Task<byte[]> MaskFileAsync(string number, float? threshold, CancellationToken cancellationToken)
    {
        using EncodedPictures.Loan loan = await RentAsync(Index(number), cancellationToken).ConfigureAwait(false);
        DiffSegOptions wanted = threshold is { } given ? options with { KlThreshold = given, KlThresholds = null } : options;
        Segmentation mask = loan.Picture.Session.Segment(wanted, cancellationToken: cancellationToken);
        using var bytes = new MemoryStream();
        LabelPng.Write(bytes, mask.Labels, mask.Height, mask.Width);
        return bytes.ToArray();
    }

    /// <summary>The mask that an earlier run left.</summary>
    /// <param name="number">Number of the picture.</param>
    /// <exception cref="ViewProblem">There is no such picture, or no mask of it that can be read.</exception>
    public MaskAnswer StoredMask(string number) => stored.Read(Index(number));

    /// <summary>What belongs to spots of a picture.</summary>
    /// <param name="number">Number of the picture.</param>
    /// <param name="points">The spots, in pixels of the picture, the first of the foreground.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ViewProblem">There is no such picture, it cannot be read, or a spot is beside it.</exception>
    public async Task<PointAnswer> PointAsync(string number, IReadOnlyList<PointPrompt> points, CancellationToken cancellationToken)
    {
        using EncodedPictures.Loan loan = await RentAsync(Index(number), cancellationToken).ConfigureAwait(false);
        return PointQuestion.Answer(loan.Picture, points, cancellationToken);
    }

    private async Task<EncodedPictures.Loan> RentAsync(int index, CancellationToken cancellationToken)
    {
        BrokenPicture.Check(images[index]);
        try
        {
            return await encoded.RentAsync(index, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception problem) when (problem is not OperationCanceledException)
        {
            throw BrokenPicture.Problem(images[index], problem);
        }
    }

    // A number and nothing else: no request can name a path.
    private int Index(string number) =>
        int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int index) && index < images.Count
            ? index
            : throw new ViewProblem(StatusCodes.Status404NotFound, "There is no such picture.");
}
