namespace DiffSeg.MLNet.Chain;

/// <summary>The columns of a shared picture and the size of the model's input.</summary>
internal sealed record SharedPictureSettings(string OutputColumn, string InputColumn, int ModelHeight, int ModelWidth);
