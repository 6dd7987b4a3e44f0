using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.Transforms.Onnx;

namespace DiffSeg.StandIn;

/// <summary>Options, checked, with the device that was decided on.</summary>
internal sealed class SessionSettings(OnnxOptions options, int? gpuDeviceId, bool fallbackToCpu)
{
    public string ModelFile { get; } = CheckFile(options.ModelFile);

    public string[] InputColumns { get; } = options.InputColumns ?? [];

    public string[] OutputColumns { get; } = options.OutputColumns ?? [];

    public IReadOnlyDictionary<string, int[]> Shapes { get; } =
        new Dictionary<string, int[]>(options.ShapeDictionary ?? new Dictionary<string, int[]>());

    public InferenceSession Open()
    {
        if (gpuDeviceId is not { } device)
        {
            return Open(new SessionOptions());
        }

        try
        {
            return Open(SessionOptions.MakeSessionOptionWithCudaProvider(device));
        }
        catch (OnnxRuntimeException) when (fallbackToCpu)
        {
            return Open(new SessionOptions());
        }
    }

    private InferenceSession Open(SessionOptions session)
    {
        using (session)
        {
            if (options.InterOpNumThreads is { } inter)
            {
                session.InterOpNumThreads = inter;
            }

            if (options.IntraOpNumThreads is { } intra)
            {
                session.IntraOpNumThreads = intra;
            }

            return new InferenceSession(ModelFile, session);
        }
    }

    private static string CheckFile(string file)
    {
        Guard.Argument(
            !string.IsNullOrWhiteSpace(file), nameof(options.ModelFile), "ModelFile cannot be null or white space");
        return File.Exists(file) ? file : throw new IOException($"Model file {file} does not exists.");
    }
}
