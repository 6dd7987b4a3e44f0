using DiffSeg.MLNet.Saving;

namespace DiffSeg.MLNet.Chain;

/// <summary>The columns of a shared picture and the size of the model's input.</summary>
/// <param name="OutputColumn">Column of the shared picture.</param>
/// <param name="InputColumn">Column of the picture.</param>
/// <param name="ModelHeight">Height of the model's input.</param>
/// <param name="ModelWidth">Width of the model's input.</param>
/// <param name="StatusColumn">Text column that says why there is no picture; null for none.</param>
internal sealed record SharedPictureSettings(string OutputColumn, string InputColumn, int ModelHeight, int ModelWidth, string? StatusColumn = null) : ICheckedSettings
{
    /// <inheritdoc/>
    public void Check()
    {
        ArgumentException.ThrowIfNullOrEmpty(OutputColumn);
        ArgumentException.ThrowIfNullOrEmpty(InputColumn);
        ArgumentOutOfRangeException.ThrowIfLessThan(ModelHeight, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(ModelWidth, 1);
    }
}
