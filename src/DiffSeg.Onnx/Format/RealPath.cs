namespace DiffSeg.Onnx.Format;

/// <summary>A path with every symbolic link on it followed, not only the last.</summary>
internal static class RealPath
{
    private const int MaximumLinks = 40; // as Linux allows

    /// <exception cref="IOException">The links go in circles.</exception>
    public static string Of(string path)
    {
        string full = Path.GetFullPath(path);
        string real = Path.GetPathRoot(full)!;
        var ahead = new Stack<string>();
        PushParts(ahead, full[real.Length..]);
        for (int links = 0; ahead.TryPop(out string? part);)
        {
            if (part == "..")
            {
                real = Path.GetDirectoryName(real) ?? real;
                continue;
            }

            string next = Path.Combine(real, part);
            if (LinkTarget(next) is not { } target)
            {
                real = next;
                continue;
            }

            if (++links > MaximumLinks)
            {
                throw new IOException($"Too many symbolic links on '{path}'.");
            }

            string root = Path.GetPathRoot(target)!;
            real = Path.IsPathRooted(target) ? root : real;
            PushParts(ahead, target[root.Length..]);
        }

        return real;
    }

    private static string? LinkTarget(string path)
    {
        FileSystemInfo entry = Directory.Exists(path) ? new DirectoryInfo(path) : new FileInfo(path);
        return entry.LinkTarget;
    }

    private static void PushParts(Stack<string> ahead, string path)
    {
        char[] separators = [Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar];
        foreach (string part in path.Split(separators, StringSplitOptions.RemoveEmptyEntries).Reverse())
        {
            if (part != ".")
            {
                ahead.Push(part);
            }
        }
    }
}
