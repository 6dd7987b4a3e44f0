namespace DiffSeg.Onnx.Weights;

/// <summary>The files of a model that was written.</summary>
/// <param name="Path">Full path of the .onnx file.</param>
/// <param name="DataPath">Full path of the data file beside it; null when the weights are in the .onnx file.</param>
/// <param name="Bytes">Bytes of both.</param>
internal sealed record WrittenModel(string Path, string? DataPath, long Bytes);
