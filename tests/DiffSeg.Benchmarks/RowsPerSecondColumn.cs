using System.Globalization;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

namespace DiffSeg.Benchmarks;

/// <summary>Rows per second, of the median, for benchmarks with a number of rows.</summary>
internal sealed class RowsPerSecondColumn : IColumn
{
    /// <inheritdoc/>
    public string Id => nameof(RowsPerSecondColumn);

    /// <inheritdoc/>
    public string ColumnName => "Rows/s";

    /// <inheritdoc/>
    public string Legend => "Rows per second, of the median";

    /// <inheritdoc/>
    public bool AlwaysShow => false;

    /// <inheritdoc/>
    public ColumnCategory Category => ColumnCategory.Custom;

    /// <inheritdoc/>
    public int PriorityInCategory => 0;

    /// <inheritdoc/>
    public bool IsNumeric => true;

    /// <inheritdoc/>
    public UnitType UnitType => UnitType.Dimensionless;

    /// <inheritdoc/>
    public bool IsAvailable(Summary summary) => summary.BenchmarksCases.Any(benchmark => Rows(benchmark) is not null);

    /// <inheritdoc/>
    public bool IsDefault(Summary summary, BenchmarkCase benchmarkCase) => false;

    /// <inheritdoc/>
    public string GetValue(Summary summary, BenchmarkCase benchmarkCase) =>
        Rows(benchmarkCase) is { } rows && summary[benchmarkCase]?.ResultStatistics is { } statistics
            ? (rows / (statistics.Median / 1e9)).ToString("F2", CultureInfo.InvariantCulture)
            : "";

    /// <inheritdoc/>
    public string GetValue(Summary summary, BenchmarkCase benchmarkCase, SummaryStyle style) => GetValue(summary, benchmarkCase);

    private static int? Rows(BenchmarkCase benchmark) =>
        benchmark.Parameters.Items.FirstOrDefault(item => item.Name == nameof(ChainBenchmarks.Rows))?.Value as int?;
}
