using BenchmarkDotNet.Analysers;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Engines;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Validators;

namespace DiffSeg.Benchmarks;

/// <summary>The most memory that a benchmark's process ever held, what ONNX Runtime takes included.</summary>
internal sealed class PeakMemoryDiagnoser : IDiagnoser
{
    private readonly Dictionary<BenchmarkCase, long> _peaks = [];

    /// <inheritdoc/>
    public IEnumerable<string> Ids => [nameof(PeakMemoryDiagnoser)];

    /// <inheritdoc/>
    public IEnumerable<IExporter> Exporters => [];

    /// <inheritdoc/>
    public IEnumerable<IAnalyser> Analysers => [];

    /// <inheritdoc/>
    public RunMode GetRunMode(BenchmarkCase benchmarkCase) => RunMode.NoOverhead;

    /// <inheritdoc/>
    public void Handle(HostSignal signal, DiagnoserActionParameters parameters)
    {
        if (signal == HostSignal.AfterActualRun)
        {
            parameters.Process.Refresh();
            _peaks[parameters.BenchmarkCase] = parameters.Process.PeakWorkingSet64;
        }
    }

    /// <inheritdoc/>
    public IEnumerable<Metric> ProcessResults(DiagnoserResults results) =>
        _peaks.TryGetValue(results.BenchmarkCase, out long peak) ? [new Metric(Descriptor.Instance, peak)] : [];

    /// <inheritdoc/>
    public void DisplayResults(ILogger logger)
    {
        // They are a column of the table.
    }

    /// <inheritdoc/>
    public IEnumerable<ValidationError> Validate(ValidationParameters validationParameters) => [];

    private sealed class Descriptor : IMetricDescriptor
    {
        public static readonly Descriptor Instance = new();

        public string Id => "PeakMemory";

        public string DisplayName => "Peak memory";

        public string Legend => "Most memory that the process held, its inputs included";

        public string NumberFormat => "N0";

        public UnitType UnitType => UnitType.Size;

        public string Unit => "B";

        public bool TheGreaterTheBetter => false;

        public int PriorityInCategory => 1;

        public bool GetIsAvailable(Metric metric) => true;
    }
}
