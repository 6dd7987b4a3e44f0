using DiffSeg.MLNet;
using DiffSeg.MLNet.Images;
using DiffSeg.MLNet.Masks;
using DiffSeg.MLNet.Painting;
using DiffSeg.Onnx;
using DiffSeg.Pictures;

namespace Microsoft.ML;

/// <summary>DiffSeg among the transforms of an <see cref="MLContext"/>.</summary>
public static class DiffSegCatalog
{
    /// <summary>The ready-made chain: segments the pictures of a column, with everything that this takes.</summary>
    /// <param name="catalog">The transforms' catalog.</param>
    /// <param name="outputColumnName">Name of the mask column: Vector of UInt16, height x width, row-major.</param>
    /// <param name="inputColumnName">A text column of picture paths, or an image column.</param>
    /// <param name="model">The attention model, for example <see cref="AttentionModel.Demo"/>.</param>
    /// <param name="options">Settings; null for the defaults, which follow the model's recommendation.</param>
    /// <param name="imageFolder">Folder that the paths start from; empty for the working folder.</param>
    /// <param name="gpuDeviceId">CUDA device to run the model on; null for the CPU.</param>
    /// <param name="fallbackToCpu">Whether to run on the CPU when that device cannot be used.</param>
    /// <param name="scoring">
    /// Further settings of <see cref="ApplyAttentionModel"/>, which runs the model; with them, the GPU is named there. Null
    /// for the defaults: one picture is prepared ahead.
    /// </param>
    /// <param name="useApplyOnnxModel">
    /// Has ML.NET's own ApplyOnnxModel run the model, which takes the GPU and the session options of the MLContext where
    /// none are given here, and one row at a time. The masks are the same.
    /// </param>
    /// <returns>The estimator.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of range.</exception>
    /// <exception cref="ArgumentException">
    /// A name is empty, the mask has the name of a tensor of the model, or a GPU is named beside <paramref name="scoring"/>.
    /// </exception>
    /// <exception cref="NotSupportedException">
    /// <paramref name="useApplyOnnxModel"/> with a model that takes a fixed number of pictures, more than one.
    /// </exception>
    public static DiffSegEstimator DiffSeg(
        this TransformsCatalog catalog,
        string outputColumnName,
        string inputColumnName,
        AttentionModel model,
        DiffSegMaskOptions? options = null,
        string imageFolder = "",
        int? gpuDeviceId = null,
        bool fallbackToCpu = false,
        AttentionScoringOptions? scoring = null,
        bool useApplyOnnxModel = false)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentException.ThrowIfNullOrEmpty(inputColumnName);
        ArgumentNullException.ThrowIfNull(model);
        if (scoring is not null && (gpuDeviceId is not null || fallbackToCpu))
        {
            throw new ArgumentException("With scoring settings, the GPU is named by their GpuDeviceId and FallbackToCpu.", nameof(scoring));
        }

        return new DiffSegEstimator(
            catalog, model, outputColumnName, inputColumnName, imageFolder, options ?? new(),
            scoring ?? new() { GpuDeviceId = gpuDeviceId, FallbackToCpu = fallbackToCpu }, useApplyOnnxModel);
    }

    /// <summary>
    /// Loads pictures, as LoadImages does; a row whose picture cannot be had has a black pixel in its place, and a reason in
    /// place of an exception.
    /// </summary>
    /// <param name="catalog">The transforms' catalog.</param>
    /// <param name="outputColumnName">
    /// Name of the image column; <c>Image</c> comes with <c>ImageStatus</c>, a text that is empty when all is well.
    /// </param>
    /// <param name="inputColumnName">A text column of picture paths.</param>
    /// <param name="imageFolder">Folder that the paths start from; empty for the working folder.</param>
    /// <param name="limits">What a file may ask for; null for the defaults.</param>
    /// <returns>The estimator.</returns>
    /// <exception cref="ArgumentException">A name is empty, or there is no such folder.</exception>
    public static PictureLoadingEstimator LoadPictures(
        this TransformsCatalog catalog,
        string outputColumnName,
        string inputColumnName,
        string imageFolder = "",
        PictureLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new PictureLoadingEstimator(catalog, PictureLoadingSettings.From(
            outputColumnName, inputColumnName, imageFolder, limits ?? PictureLimits.Default, tellsStatus: true));
    }

    /// <summary>
    /// Runs an attention model, as <c>ApplyOnnxModel(model.OutputNames, [model.InputName], model.Path)</c> does and with
    /// the same columns, and scores the next row while the current one is being read.
    /// </summary>
    /// <param name="catalog">The transforms' catalog.</param>
    /// <param name="model">
    /// The attention model. Its input and its outputs are the columns: the input a vector of Single, 3 x height x width, as
    /// ExtractPixels makes it with <c>offsetImage: 127.5f, scaleImage: 1 / 127.5f</c>. Reading a row with values beyond -1 and
    /// 1 throws <see cref="InvalidOperationException"/>.
    /// </param>
    /// <param name="options">Settings; null for the defaults.</param>
    /// <returns>The estimator.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of range.</exception>
    public static AttentionScoringEstimator ApplyAttentionModel(
        this TransformsCatalog catalog, AttentionModel model, AttentionScoringOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(model);
        return new AttentionScoringEstimator(catalog, model, options ?? new());
    }

    /// <summary>Makes masks of the attention columns that an attention model gave.</summary>
    /// <param name="catalog">The transforms' catalog.</param>
    /// <param name="outputColumnName">Name of the mask column: Vector of UInt16, height x width, row-major.</param>
    /// <param name="model">The attention model; its outputs are the input columns.</param>
    /// <param name="imageColumnName">
    /// Image column of the original picture, as it was before ResizeImages (IsoPad or IsoCrop, as the options' Fit says,
    /// centred); null when the model saw the whole of what the mask is to cover.
    /// </param>
    /// <param name="options">Settings; null for the defaults, which follow the model's recommendation.</param>
    /// <returns>The estimator.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of range.</exception>
    public static DiffSegMaskEstimator DiffSegMask(
        this TransformsCatalog catalog,
        string outputColumnName,
        AttentionModel model,
        string? imageColumnName = null,
        DiffSegMaskOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(model);
        return new DiffSegMaskEstimator(
            catalog,
            MaskSettings.From(outputColumnName, model.OutputNames, imageColumnName, null, model, options ?? new()),
            model);
    }

    /// <summary>Makes masks of attention columns from anywhere.</summary>
    /// <param name="catalog">The transforms' catalog.</param>
    /// <param name="outputColumnName">Name of the mask column: Vector of UInt16, height x width, row-major.</param>
    /// <param name="inputColumnNames">
    /// Vectors of Single, of known size or not, each [heads, N, N]: per head and layer, per layer, per resolution, or
    /// one for all. Their shapes come from the column types, the lengths or the options.
    /// </param>
    /// <param name="imageColumnName">As in the overload for an attention model.</param>
    /// <param name="options">Settings; null for the defaults.</param>
    /// <returns>The estimator.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of range.</exception>
    /// <exception cref="ArgumentException">A name is empty or no attention column is named.</exception>
    public static DiffSegMaskEstimator DiffSegMask(
        this TransformsCatalog catalog,
        string outputColumnName,
        IReadOnlyList<string> inputColumnNames,
        string? imageColumnName = null,
        DiffSegMaskOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new DiffSegMaskEstimator(
            catalog,
            MaskSettings.From(outputColumnName, inputColumnNames, imageColumnName, null, null, options ?? new()));
    }

    /// <summary>Paints a mask over its picture.</summary>
    /// <param name="catalog">The transforms' catalog.</param>
    /// <param name="outputColumnName">Name of the image column with the painted picture.</param>
    /// <param name="imageColumnName">Image column of the original picture.</param>
    /// <param name="maskColumnName">
    /// The mask. A size that is not in its type is taken from the columns of its height and width, or is the picture's.
    /// </param>
    /// <param name="options">Settings; null for the defaults.</param>
    /// <returns>The estimator.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of range.</exception>
    public static PaintMaskEstimator PaintMask(
        this TransformsCatalog catalog,
        string outputColumnName,
        string imageColumnName,
        string maskColumnName,
        PaintMaskOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new PaintMaskEstimator(
            catalog, PaintSettings.From(outputColumnName, imageColumnName, maskColumnName, options ?? new()));
    }
}
