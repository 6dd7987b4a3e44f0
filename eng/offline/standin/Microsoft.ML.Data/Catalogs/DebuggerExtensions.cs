using Microsoft.ML.Data;

namespace Microsoft.ML;

public static class DebuggerExtensions
{
    public static DataDebuggerPreview Preview(this IDataView data, int maxRows = 100) =>
        new(Guard.NotNull(data, nameof(data)), maxRows);
}
