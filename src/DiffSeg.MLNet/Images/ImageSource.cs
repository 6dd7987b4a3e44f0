namespace DiffSeg.MLNet;

/// <summary>A row with the path of a picture.</summary>
public class ImageSource
{
    /// <summary>The endings of the files that <see cref="FromFolder"/> takes.</summary>
    public static IReadOnlyList<string> Extensions { get; } = [".jpg", ".jpeg", ".png", ".bmp", ".gif", ".webp"];

    /// <summary>Path of the picture.</summary>
    public string ImagePath { get; set; } = "";

    /// <summary>The pictures in a folder, in the order of their names; hidden files and folders are passed over.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="recursive">Whether to look into its folders too.</param>
    /// <returns>One row per picture.</returns>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="FileNotFoundException">There is no picture in it.</exception>
    public static IReadOnlyList<ImageSource> FromFolder(string folder, bool recursive = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        if (!Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException(
                File.Exists(folder)
                    ? $"'{folder}' is a file, not a folder; ImageSource.FromFiles takes files."
                    : $"There is no folder '{folder}' (looked for '{Path.GetFullPath(folder)}').");
        }

        // Hidden files are left out, such as the "._photo.jpg" of macOS, which are no pictures.
        var options = new EnumerationOptions { RecurseSubdirectories = recursive, IgnoreInaccessible = false };
        ImageSource[] found =
        [
            .. Directory.EnumerateFiles(folder, "*", options)
                .Where(file => Extensions.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase))
                .Order(StringComparer.Ordinal)
                .Select(file => new ImageSource { ImagePath = file }),
        ];
        return found.Length > 0
            ? found
            : throw new FileNotFoundException(
                $"There is no picture in the folder '{folder}'. Pictures end in {string.Join(", ", Extensions)}.", folder);
    }

    /// <summary>The given pictures, in the given order.</summary>
    /// <param name="files">Their paths.</param>
    /// <returns>One row per picture.</returns>
    /// <exception cref="FileNotFoundException">One of the files does not exist.</exception>
    /// <exception cref="ArgumentException">There are no files, or a path is empty.</exception>
    public static IReadOnlyList<ImageSource> FromFiles(params IEnumerable<string> files)
    {
        ArgumentNullException.ThrowIfNull(files);
        ImageSource[] rows = [.. files.Select(Existing)];
        return rows.Length > 0 ? rows : throw new ArgumentException("Name at least one file.", nameof(files));
    }

    private static ImageSource Existing(string file)
    {
        ArgumentException.ThrowIfNullOrEmpty(file, "files");
        return File.Exists(file)
            ? new ImageSource { ImagePath = file }
            : throw new FileNotFoundException($"There is no file '{file}' (looked for '{Path.GetFullPath(file)}').", file);
    }
}
