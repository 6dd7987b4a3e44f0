using DiffSeg.MLNet.Saving;
using DiffSeg.Pictures;

namespace DiffSeg.MLNet.Images;

/// <summary>The columns of loaded pictures, and how they are loaded.</summary>
/// <param name="OutputColumn">Column of the pictures.</param>
/// <param name="InputColumn">Text column of their paths.</param>
/// <param name="Folder">Folder that the paths start from, in full; null for the working folder.</param>
/// <param name="Limits">What files may ask for; null to look at nothing.</param>
/// <param name="TellsStatus">
/// Whether a row that fails has no picture, and the reason in a column of its own; otherwise it throws.
/// </param>
internal sealed record PictureLoadingSettings(
    string OutputColumn, string InputColumn, string? Folder, PictureLimits? Limits, bool TellsStatus) : ICheckedSettings
{
    /// <exception cref="ArgumentException">A name is empty, or there is no such folder.</exception>
    public static PictureLoadingSettings From(
        string outputColumnName, string inputColumnName, string imageFolder, PictureLimits? limits, bool tellsStatus)
    {
        ArgumentException.ThrowIfNullOrEmpty(outputColumnName);
        ArgumentException.ThrowIfNullOrEmpty(inputColumnName);
        ArgumentNullException.ThrowIfNull(imageFolder);
        if (imageFolder.Length > 0 && !Directory.Exists(imageFolder))
        {
            throw new ArgumentException(
                $"There is no folder '{imageFolder}' (looked for '{Path.GetFullPath(imageFolder)}').", nameof(imageFolder));
        }

        string? folder = imageFolder.Length > 0 ? Path.GetFullPath(imageFolder) : null;
        return new PictureLoadingSettings(outputColumnName, inputColumnName, folder, limits, tellsStatus);
    }

    /// <summary>The column of what is wrong with a row's picture, by the name of the pictures' column.</summary>
    public static string StatusOf(string pictureColumn) => pictureColumn + "Status";

    /// <inheritdoc/>
    public void Check()
    {
        ArgumentException.ThrowIfNullOrEmpty(OutputColumn);
        ArgumentException.ThrowIfNullOrEmpty(InputColumn);
    }
}
