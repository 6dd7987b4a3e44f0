using System.Globalization;
using System.Text;

namespace DiffSeg.Cli.Batching.Guarding;

/// <summary>
/// A small file that says which images a shard's process has in hand, and that there is such a process: it is locked while
/// the process runs. What stands in it at the start was left by a process that died, and names what it died of, or one of
/// its neighbours.
/// </summary>
/// <remarks>
/// It is written over in place for each image, without waiting for the disk: a process that dies does not take with it what
/// the system has taken over, and an image in hand when a machine loses its power is no suspect.
/// </remarks>
internal sealed class HandMarker : IDisposable
{
    // A picture or two as a rule; as many as a model takes in a few runs, if it takes many.
    private const int MostBytes = 1 << 20;

    private const int Attempts = 100;

    // EWOULDBLOCK of Linux and of macOS, and the sharing violation of Windows.
    private static readonly int[] Locked = [11, 35, unchecked((int)0x80070020)];

    private readonly string _path;
    private readonly string _plan;
    private readonly FileStream _file;
    private int _written;

    private HandMarker(string path, string plan, FileStream file, IReadOnlyList<int> left) =>
        (_path, _plan, _file, Left) = (path, plan, file, left);

    /// <summary>Places of the images that a process which died had in hand; none where none died.</summary>
    public IReadOnlyList<int> Left { get; }

    /// <summary>Takes the file.</summary>
    /// <param name="path">The file; made if need be, and its folder.</param>
    /// <param name="plan">SHA-256 of the plan: what is left of another does not count.</param>
    /// <exception cref="TemporaryException">Another process has it.</exception>
    /// <exception cref="IOException">It cannot be made.</exception>
    public static HandMarker Take(string path, string plan)
    {
        FileStream file = Open(path);
        var found = new byte[Math.Min(MostBytes, file.Length)];
        int length = file.ReadAtLeast(found, found.Length, throwOnEndOfStream: false);
        return new HandMarker(path, plan, file, Read(Encoding.ASCII.GetString(found, 0, length), plan)) { _written = length };
    }

    /// <summary>Writes what is in hand now.</summary>
    /// <param name="images">Places of images.</param>
    public void Write(IEnumerable<int> images)
    {
        string text = string.Join(' ', [_plan, .. images.Select(index => index.ToString(CultureInfo.InvariantCulture))]) + "\n";
        byte[] bytes = Encoding.ASCII.GetBytes(text.PadRight(_written));
        try
        {
            RandomAccess.Write(_file.SafeFileHandle, bytes, 0);
            _written = text.Length;
        }
        catch (Exception problem) when (problem is IOException or ObjectDisposedException)
        {
            // The process is being ended, or: a disk that is full or gone shows itself where results are written; without the marker a death is not blamed.
        }
    }

    /// <summary>Removes the file, and its folder if nothing else is in it: the process ends as it should.</summary>
    public void Dispose()
    {
        if (!_file.CanWrite)
        {
            // Done already, by the watch that is about to end the process.
            return;
        }

        try
        {
            // While it is locked, so that nobody who takes it next loses it. Where open files cannot be deleted, it is left empty.
            _file.SetLength(0);
            File.Delete(_path);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // The folder went away; what is left there names images that are tried again, alone.
        }

        _file.Dispose();
        try
        {
            Directory.Delete(Path.GetDirectoryName(_path)!);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // Suspects are in it, or what other shards have in hand.
        }
    }

    private static FileStream Open(string path)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
            }
            catch (IOException problem) when (Locked.Contains(problem.HResult))
            {
                throw new TemporaryException($"another process is doing this shard: it has '{path}'", problem);
            }
            catch (IOException) when (attempt < Attempts)
            {
                // Another shard came to its end in between and took the empty folder away. What else it may be, it is again.
            }
        }
    }

    private static IReadOnlyList<int> Read(string text, string plan)
    {
        string[] words = text.Split('\n')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Length == 0 || words[0] != plan ? [] :
        [
            .. words.Skip(1)
                .Select(word => int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out int index) ? index : -1)
                .Where(index => index >= 0),
        ];
    }
}
