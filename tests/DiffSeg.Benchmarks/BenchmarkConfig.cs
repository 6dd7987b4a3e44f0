using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Reports;
using Perfolizer.Horology;

namespace DiffSeg.Benchmarks;

/// <summary>How everything is measured: a process per benchmark, median beside the mean, allocations and peak memory.</summary>
internal sealed class BenchmarkConfig : ManualConfig
{
    /// <summary>Makes it.</summary>
    public BenchmarkConfig()
    {
        Add(DefaultConfig.Instance);
        ArtifactsPath = Path.Combine(InputName.Repository, "artifacts", "benchmarks");

        // An image takes from 20 ms to seconds: no invocation needs to be repeated within an iteration.
        AddJob(Job.Default.WithWarmupCount(2).WithIterationCount(10).WithInvocationCount(1).WithUnrollFactor(1));

        // Each run builds the solution's libraries anew for itself.
        WithBuildTimeout(TimeSpan.FromMinutes(10));
        AddColumn(StatisticColumn.Median, StatisticColumn.Min, StatisticColumn.Max, new RowsPerSecondColumn());
        HideColumns(Column.Error, Column.StdDev, Column.RatioSD, Column.AllocRatio);
        AddDiagnoser(new MemoryDiagnoser(new MemoryDiagnoserConfig(displayGenColumns: false)), new PeakMemoryDiagnoser());
        WithSummaryStyle(SummaryStyle.Default.WithTimeUnit(TimeUnit.Millisecond).WithMaxParameterColumnWidth(40));
    }
}
