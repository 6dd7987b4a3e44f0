namespace DiffSeg.Notebooks.Tests.Hosting;

/// <summary>A cell that could not be compiled, or threw; the inner exception is what the notebook would show.</summary>
internal sealed class CellException(string code, Exception cause)
    : Exception($"The cell\n{code}\nended with {cause.GetType().Name}: {cause.Message}", cause);
