using DiffSeg.Cli.Segmenting;
using DiffSeg.MLNet;
using DiffSeg.Onnx;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace DiffSeg.Cli.Viewing.Encoded;

/// <summary>The attention model, opened by ML.NET.</summary>
internal sealed class ModelEncoder : IPictureEncoder
{
    private readonly AttentionEncoder _encoder;

    /// <summary>Opens the model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="request">What was asked.</param>
    /// <exception cref="SetupException">ONNX Runtime cannot run the model, or it gives no attention to ask about.</exception>
    public ModelEncoder(AttentionModel model, ViewRequest request)
    {
        try
        {
            _encoder = new MLContext().Segmentation().LoadEncoder(
                model,
                AlgorithmSettings.Of(request.Mask, request.Model, model),
                request.Mask.Fit,
                scoring: new AttentionScoringOptions { GpuDeviceId = request.Model.Gpu, IntraOpNumThreads = request.Model.Threads });
        }
        catch (NotSupportedException problem)
        {
            throw new SetupException($"--model: {problem.Message}", problem);
        }
        catch (Exception problem)
        {
            // A missing native library or entry point shows itself as almost any exception.
            throw new SetupException(ModelFailure.Text(problem, model, request.Model.Gpu), problem);
        }
    }

    /// <inheritdoc/>
    public EncodedPicture Encode(string path, CancellationToken cancellationToken)
    {
        // As LoadImages does it.
        using var bytes = new MemoryStream(File.ReadAllBytes(path));
        using MLImage image = MLImage.CreateFromStream(bytes);
        return new EncodedPicture(_encoder.Encode(image, cancellationToken), image.Height, image.Width);
    }

    /// <inheritdoc/>
    public void Dispose() => _encoder.Dispose();
}
