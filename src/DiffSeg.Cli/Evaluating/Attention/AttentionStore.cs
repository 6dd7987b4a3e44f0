using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using DiffSeg.Cli.Output;

namespace DiffSeg.Cli.Evaluating.Attention;

/// <summary>
/// Attention on disk, so that a later evaluation need not run the model: a file per picture, in a folder per model and
/// preparation. Pictures are told by what they hold, not by their names.
/// </summary>
/// <remarks>
/// A file is a line of text that says what it is, the tensors one after the other as little-endian floats, and the
/// SHA-256 of all that. It appears whole or not at all. One that is damaged counts as not there, and is replaced.
/// </remarks>
internal sealed class AttentionStore
{
    private const string Kind = "diffseg-attention-1";
    private const int HashBytes = 32;
    private const int Step = 1 << 18;

    private readonly string _folder;
    private readonly string _modelAndPreparation;
    private readonly IReadOnlyList<AttentionShape> _shapes;

    /// <summary>The store of one model.</summary>
    /// <param name="folder">Full path of the folder of all stores.</param>
    /// <param name="modelHash">SHA-256 of the model.</param>
    /// <param name="preparation">How pictures are made what the model takes; letters, digits and hyphens.</param>
    /// <param name="shapes">The shapes of the model's attention.</param>
    public AttentionStore(string folder, string modelHash, string preparation, IReadOnlyList<AttentionShape> shapes)
    {
        _folder = Path.Combine(folder, modelHash[..16], preparation);
        _modelAndPreparation = $"{modelHash} {preparation}";
        _shapes = shapes;
    }

    /// <summary>How many files were damaged, or of something else.</summary>
    public int Damaged { get; private set; }

    /// <summary>Reads the attention of a picture.</summary>
    /// <param name="imageHash">SHA-256 of the picture's file.</param>
    /// <param name="slot">Where it goes.</param>
    /// <returns>False when it is not there, or damaged.</returns>
    public bool TryLoad(string imageHash, AttentionSlot slot)
    {
        try
        {
            using var file = new FileStream(PathOf(imageHash), FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 16);
            byte[] head = Head(imageHash);
            long values = _shapes.Sum(shape => shape.Length);
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            if (file.Length != head.Length + (values * sizeof(float)) + HashBytes || !Reads(file, head, hash))
            {
                Damaged++;
                return false;
            }

            slot.Load((_, tensor) => Read(file, tensor, hash));
            Span<byte> sum = stackalloc byte[HashBytes];
            file.ReadExactly(sum);
            bool whole = sum.SequenceEqual(hash.GetHashAndReset());
            Damaged += whole ? 0 : 1;
            return whole;
        }
        catch (Exception problem) when (problem is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            Damaged++;
            return false;
        }
    }

    /// <summary>Keeps the attention of a picture.</summary>
    /// <param name="imageHash">SHA-256 of the picture's file.</param>
    /// <param name="slot">The attention.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Save(string imageHash, AttentionSlot slot)
    {
        Directory.CreateDirectory(_folder);
        using var file = new AtomicFile(PathOf(imageHash));
        using (FileStream stream = file.Create())
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            byte[] head = Head(imageHash);
            stream.Write(head);
            hash.AppendData(head);
            for (int i = 0; i < slot.Count; i++)
            {
                Write(stream, slot.Read(i), hash);
            }

            stream.Write(hash.GetHashAndReset());
        }

        file.Commit();
    }

    private string PathOf(string imageHash) => Path.Combine(_folder, imageHash + ".attention");

    private byte[] Head(string imageHash)
    {
        string shapes = string.Join(
            ';', _shapes.Select(shape => string.Create(CultureInfo.InvariantCulture, $"{shape.Heads}x{shape.Height}x{shape.Width}")));
        return Encoding.UTF8.GetBytes($"{Kind} {_modelAndPreparation} {imageHash} {shapes}\n");
    }

    private static bool Reads(FileStream file, byte[] head, IncrementalHash hash)
    {
        var found = new byte[head.Length];
        file.ReadExactly(found);
        hash.AppendData(found);
        return found.AsSpan().SequenceEqual(head);
    }

    // Step by step: what is hashed is still in the cache, and a tensor may have more bytes than a span.
    private static void Read(FileStream file, Span<float> destination, IncrementalHash hash)
    {
        for (int at = 0; at < destination.Length; at += Step)
        {
            Span<byte> part = MemoryMarshal.AsBytes(destination[at..Math.Min(at + Step, destination.Length)]);
            file.ReadExactly(part);
            hash.AppendData(part);
        }
    }

    private static void Write(FileStream file, ReadOnlySpan<float> source, IncrementalHash hash)
    {
        for (int at = 0; at < source.Length; at += Step)
        {
            ReadOnlySpan<byte> part = MemoryMarshal.AsBytes(source[at..Math.Min(at + Step, source.Length)]);
            file.Write(part);
            hash.AppendData(part);
        }
    }
}
