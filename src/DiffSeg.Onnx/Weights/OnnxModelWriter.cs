using DiffSeg.Onnx.Format;
using Google.Protobuf;

namespace DiffSeg.Onnx.Weights;

/// <summary>
/// Writes a model whose tensors are in memory or references (<see cref="TensorReference"/>), block by block, so that
/// no more than a few blocks of weights are held.
/// </summary>
internal static class OnnxModelWriter
{
    /// <summary>The most that one file may hold: protobuf ends at 2 GiB, and the graph takes some.</summary>
    public const long LargestSingleFile = 3L << 29;

    private const int Int8OperatorSet = 13; // from there on DequantizeLinear has an axis

    /// <summary>Writes a model; an older one at the path is replaced when all is done, and not touched otherwise.</summary>
    /// <param name="model">The model, which stays as it is. Its graph uses every initialiser of real numbers as float32, whatever its type.</param>
    /// <param name="path">Where the .onnx file goes, in a folder that exists.</param>
    /// <param name="storage">How initialisers of real numbers are stored.</param>
    /// <param name="singleFileLimit">Large tensors of more bytes than this together go into one data file beside the model.</param>
    /// <param name="progress">Told the share that is done, 0 to 1.</param>
    /// <param name="cancellationToken">Looked at before each block.</param>
    /// <exception cref="AttentionModelException">The disk is full, a file of weights has changed, or the model cannot store its weights so.</exception>
    /// <exception cref="OperationCanceledException">Cancelled: nothing new is left.</exception>
    public static WrittenModel Write(
        ModelProto model, string path, WeightStorage storage, long singleFileLimit,
        IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(singleFileLimit);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(singleFileLimit, LargestSingleFile);
        path = Path.GetFullPath(path);
        EnsureCanStore(model, path, storage);

        long toRead = model.Graph.Initializer.Sum(TensorReference.ByteLength) * WeightForms.Passes(storage);
        using var blocks = new WeightBlocks(toRead, progress, cancellationToken);
        StoredModel stored = StoredModel.Of(model, storage, blocks);
        WrittenModel written = stored.Bytes <= singleFileLimit
            ? WriteOne(path, new SingleFile(stored, blocks), blocks, cancellationToken)
            : WriteTwo(path, new DataFile(stored), blocks, cancellationToken);
        progress?.Report(1);
        return written;
    }

    private static WrittenModel WriteOne(string path, SingleFile file, WeightBlocks blocks, CancellationToken cancellationToken) =>
        Write(path, file.Length, cancellationToken, pending =>
        {
            pending.WriteModel(stream => file.Write(stream, blocks));
            return null;
        });

    private static WrittenModel WriteTwo(string path, DataFile file, WeightBlocks blocks, CancellationToken cancellationToken)
    {
        // The name is not known before the content; all names are of the same length.
        long length = file.Length + file.ModelWith(Path.GetFileName(DataFileName.For(path, "00000000"))).CalculateSize();
        return Write(path, length, cancellationToken, pending =>
        {
            string dataPath = "";
            pending.WriteData(stream => dataPath = DataFileName.For(path, file.Write(stream, blocks)));
            pending.WriteModel(file.ModelWith(Path.GetFileName(dataPath)).WriteTo);
            return dataPath;
        });
    }

    /// <summary>Writes both files under temporary names, by a function that gives the data file's path, and commits them.</summary>
    private static WrittenModel Write(string path, long length, CancellationToken cancellationToken, Func<PendingModel, string?> write)
    {
        var space = new FreeSpace(path, length);
        space.Ensure();
        using var pending = new PendingModel(path);
        try
        {
            string? dataPath = write(pending);
            cancellationToken.ThrowIfCancellationRequested();
            pending.Commit(dataPath);
            return new(path, dataPath, length);
        }
        catch (IOException cause) when (space.ErrorFor(cause) is { } error)
        {
            throw error;
        }
    }

    private static void EnsureCanStore(ModelProto model, string path, WeightStorage storage)
    {
        long version = model.OpsetImport.FirstOrDefault(o => o.Domain is "" or "ai.onnx")?.Version ?? 0;
        if (storage == WeightStorage.Int8 && version < Int8OperatorSet)
        {
            throw new AttentionModelException(
                path, $"a graph of operator set {Int8OperatorSet} or newer, which 8-bit weights take", $"operator set {version}",
                "Store the weights as 16-bit floats, or export the network with a newer operator set.");
        }
    }
}
