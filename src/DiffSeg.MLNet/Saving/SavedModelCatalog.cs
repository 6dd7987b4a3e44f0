using DiffSeg.MLNet.Chain;
using DiffSeg.MLNet.Saving;
using DiffSeg.MLNet.Scoring;

namespace Microsoft.ML;

/// <summary>Saved models among the operations of an <see cref="MLContext"/>.</summary>
public static class SavedModelCatalog
{
    /// <summary>
    /// Loads a model as <c>ml.Model.Load</c> does, with three things more: the file is checked to be as it was written, all that
    /// is wrong with it is one kind of exception, and an ONNX model in it is loaded safely while other threads work.
    /// </summary>
    /// <remarks>
    /// It tells damage, not intent: who writes a model file chooses what code runs when it is loaded, so load files from where you
    /// trust them. Loading reads the file twice.
    /// </remarks>
    /// <param name="catalog">The operations on models.</param>
    /// <param name="filePath">The file that <c>ml.Model.Save</c> wrote.</param>
    /// <param name="inputSchema">The schema that was saved with the model; null when none was.</param>
    /// <returns>The model.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="FormatException">
    /// The file is damaged, is no model, or has steps that this program does not know.
    /// </exception>
    /// <exception cref="InvalidOperationException">The model needs ONNX Runtime's native library, and it is missing.</exception>
    public static ITransformer LoadChecked(this ModelOperationsCatalog catalog, string filePath, out DataViewSchema? inputSchema)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentException.ThrowIfNullOrEmpty(filePath);
        using FileStream file = File.OpenRead(filePath);
        return Load(catalog, file, $"'{filePath}'", out inputSchema);
    }

    /// <inheritdoc cref="LoadChecked(ModelOperationsCatalog, string, out DataViewSchema?)"/>
    /// <param name="catalog">The operations on models.</param>
    /// <param name="stream">What <c>ml.Model.Save</c> wrote; it can seek, is read from its beginning and left open.</param>
    /// <param name="inputSchema">The schema that was saved with the model; null when none was.</param>
    /// <exception cref="ArgumentException">The stream cannot seek.</exception>
    public static ITransformer LoadChecked(this ModelOperationsCatalog catalog, Stream stream, out DataViewSchema? inputSchema)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(stream);
        if (!stream.CanSeek)
        {
            throw new ArgumentException("A model is read in many places: the stream must be one that can seek.", nameof(stream));
        }

        return Load(catalog, stream, "The stream", out inputSchema);
    }

    private static ITransformer Load(ModelOperationsCatalog catalog, Stream file, string name, out DataViewSchema? inputSchema)
    {
        try
        {
            ModelFileCheck.Check(file);
            (ITransformer model, inputSchema) = FinalizersOnHold.While(() => (catalog.Load(file, out DataViewSchema? schema), schema));
            return model;
        }
        catch (Exception problem) when (IsOfTheMachine(problem.GetBaseException()))
        {
            NativeOnnxRuntime.Require();
            throw;
        }
        catch (Exception problem)
        {
            // ML.NET makes what it loads by reflection, step within step, and says "Error during class instantiation" of each.
            throw new FormatException($"{name} cannot be loaded as a model: {problem.GetBaseException().Message}", problem);
        }
    }

    // A native library that is not there says nothing about the file.
    private static bool IsOfTheMachine(Exception cause) =>
        cause is OutOfMemoryException or DllNotFoundException or EntryPointNotFoundException or BadImageFormatException or TypeInitializationException;
}
