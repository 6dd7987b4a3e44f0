using System.Globalization;
using DiffSeg.Fuzzing;
using DiffSeg.MLNet.Tests.Support;

namespace DiffSeg.MLNet.Tests.Fuzzing;

/// <summary>
/// Attention models that were made to do harm, read by us and run by ONNX Runtime, in processes of their own. What ends in ours
/// must be an error that is documented and names the file. ONNX Runtime itself can be made to end the process (models are to be
/// trusted, says the README): such a case is named, left out and counted, and there may be hardly any.
/// </summary>
public sealed class RunningModelFuzzTests : IDisposable
{
    // Half of the cases get past our reader: so many are given to ONNX Runtime as are asked for.
    private const int Often = 2;

    // Cases of a process, and how many of them ONNX Runtime may die of.
    private const int Part = 5_000;
    private const int MostDeaths = 1;

    // ML.NET and ONNX Runtime take 100 MB to begin with, and models get 256 MB there.
    private const long MostBytes = 700L << 20;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Models_are_run_or_refused()
    {
        RunningModels.Write(_folder);
        FuzzSettings settings = FuzzSettings.OfEnvironment;
        int cases = Often * settings.Cases;
        int parts = settings.OnlyCase is null ? (cases + Part - 1) / Part : 1;
        long[] sums = new long[4];

        for (int part = 0; part < parts; part++)
        {
            string[] result = Run(part * Part, Math.Min((part + 1) * Part, cases));
            TestContext.Current.TestOutputHelper?.WriteLine(result[0]);
            long[] numbers = [.. result.Skip(1).Select(line => long.Parse(line, CultureInfo.InvariantCulture))];
            sums = [.. sums.Zip(numbers, (sum, number) => sum + number)];
            Assert.InRange(numbers[^1], 1, MostBytes);
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{sums[0]} segmented, {sums[1]} refused; {sums[2]} given to ONNX Runtime, {sums[3]} opened by it");
        if (settings.OnlyCase is null)
        {
            Assert.All(sums, sum => Assert.True(sum > parts));
        }
    }

    private string[] Run(int first, int end)
    {
        List<int> deaths = [];
        while (true)
        {
            string[] arguments = [_folder.Path, .. new[] { first, end }.Concat(deaths).Select(number => number.ToString(CultureInfo.InvariantCulture))];
            if (FreshProcess.FuzzNative("fuzz-models", "models in ONNX Runtime", arguments, out NativeDeath? death) is { } result)
            {
                return result;
            }

            deaths.Add(death!.Case);
            TestContext.Current.TestOutputHelper?.WriteLine($"ONNX Runtime ended the process with {death}");
            Assert.True(deaths.Count <= MostDeaths, $"ONNX Runtime ended the process with each of the cases {string.Join(", ", deaths)}, the last time with {death}");
        }
    }
}
