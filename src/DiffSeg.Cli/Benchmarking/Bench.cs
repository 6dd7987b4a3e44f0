using DiffSeg.Cli.Benchmarking.Inputs;
using DiffSeg.Cli.Benchmarking.Measuring;
using DiffSeg.Cli.Benchmarking.Results;
using DiffSeg.Cli.Terminal;

namespace DiffSeg.Cli.Benchmarking;

/// <summary>Carries out "diffseg bench".</summary>
/// <param name="console">Where to write.</param>
/// <param name="request">What was asked.</param>
internal sealed class Bench(ToolConsole console, BenchRequest request)
{
    private const int LargestForPublished = 64 * 64;

    private readonly BenchSettings _settings = new();
    private readonly List<BenchResult> _results = [];

    /// <summary>Measures all inputs and shows each when it is measured.</summary>
    /// <param name="inputs">The inputs.</param>
    /// <param name="cancellationToken">Stops between two turns.</param>
    /// <returns>What was measured.</returns>
    public IReadOnlyList<BenchResult> Run(IEnumerable<AttentionInput> inputs, CancellationToken cancellationToken)
    {
        WarmUp();
        bool publishedOnPicture = false;
        foreach (AttentionInput input in inputs)
        {
            // It takes seconds, so the formula and the first picture have to do; on a larger map it would take minutes.
            bool withPublished = (!input.IsPicture || !publishedOnPicture) && input.Finest.Tokens <= LargestForPublished;
            publishedOnPicture |= input.IsPicture;
            foreach (int threads in request.Threads)
            {
                BenchResult result = new Measurement(input, _settings, threads, request.Rounds).Run(withPublished, cancellationToken);
                _results.Add(result);
                BenchTable.Write(console.Output, result);
            }
        }

        return _results;
    }

    // Code is compiled on first use, which would count as memory and time of the first input.
    private static void WarmUp()
    {
        AttentionInput small = FormulaAttention.Input(16);
        new Contestant(small, new BenchSettings(), threads: 2).Run(new StageClock());
    }
}
