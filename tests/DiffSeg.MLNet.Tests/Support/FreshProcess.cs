using System.Diagnostics;
using System.Globalization;
using DiffSeg.Fuzzing;
using Microsoft.ML;

namespace DiffSeg.MLNet.Tests.Support;

/// <summary>What a model does in a process of its own.</summary>
internal static class FreshProcess
{
    /// <summary>The options that the loaded model gives, then a line per row (RowValues).</summary>
    public static string[] Run(MLContext ml, ITransformer model, DataViewSchema schema, string data, params string[] columns)
    {
        using var folder = new TemporaryFolder();
        ml.Model.Save(model, schema, folder.File("model.zip"));
        return Start(folder, ["run", folder.File("model.zip"), data, .. columns]);
    }

    /// <summary>Resident and managed bytes after each of 8 rounds of 8 rows through the ready-made chain.</summary>
    /// <param name="model">
    /// "fresh" for the chain as it is made, "loaded" for the chain after saving, "onnx" for the chain with ML.NET's ApplyOnnxModel.
    /// </param>
    /// <param name="pictures">A folder of pictures.</param>
    public static string[] Measure(string model, string pictures)
    {
        using var folder = new TemporaryFolder();
        return Start(folder, ["measure", model, pictures, folder.File("model.zip")]);
    }

    /// <summary>Managed bytes after 1,500 rows that were saved as a batch, and after 7,500.</summary>
    /// <param name="output">Folder of the batch.</param>
    public static long[] MeasureSaving(string output)
    {
        using var folder = new TemporaryFolder();
        return [.. Start(folder, ["save-batch", output]).Select(line => long.Parse(line, CultureInfo.InvariantCulture))];
    }

    /// <summary>The lines that a job of fuzzing gives; where the process dies, the cases that it had in hand are named.</summary>
    /// <param name="job">The job.</param>
    /// <param name="name">What its fuzzing is called.</param>
    /// <param name="arguments">What the job takes.</param>
    public static string[] Fuzz(string job, string name, params string[] arguments)
    {
        using var folder = new TemporaryFolder();
        using Process child = Start(folder, [job, .. arguments], out string written);
        return Result(folder, child, written, InHand(name, child));
    }

    /// <summary>The same where native code may end the process.</summary>
    /// <param name="job">The job.</param>
    /// <param name="name">What its fuzzing is called.</param>
    /// <param name="arguments">What the job takes.</param>
    /// <param name="death">How native code ended the process; null where it did not.</param>
    /// <returns>The lines; null where native code ended the process.</returns>
    public static string[]? FuzzNative(string job, string name, string[] arguments, out NativeDeath? death)
    {
        using var folder = new TemporaryFolder();
        using Process child = Start(folder, [job, .. arguments], out string written);
        IReadOnlyList<int> cases = InHand(name, child);
        death = NativeDeath.Of(child.ExitCode, written, cases);
        return death is null ? Result(folder, child, written, cases) : null;
    }

    private static IReadOnlyList<int> InHand(string name, Process child) => FuzzHand.Read(FuzzHand.PathOf(name, child.Id));

    private static string[] Start(TemporaryFolder folder, string[] arguments)
    {
        using Process child = Start(folder, arguments, out string written);
        return Result(folder, child, written, []);
    }

    private static Process Start(TemporaryFolder folder, string[] arguments, out string written)
    {
        var start = new ProcessStartInfo("dotnet", [Child(), folder.File("result.txt"), .. arguments])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        Process child = Process.Start(start)!;
        Task<string> output = child.StandardOutput.ReadToEndAsync();
        string errors = child.StandardError.ReadToEnd();
        child.WaitForExit();
        written = errors + output.Result;
        return child;
    }

    private static string[] Result(TemporaryFolder folder, Process child, string written, IReadOnlyList<int> cases)
    {
        string inHand = cases.Count > 0 ? $" It had in hand the cases {string.Join(", ", cases)}; run one alone with DIFFSEG_FUZZ_CASE." : "";
        Assert.True(child.ExitCode == 0, $"The child process ended with {child.ExitCode}: {written}{inHand}");
        return File.ReadAllLines(folder.File("result.txt"));
    }

    private static string Child() => Path.Combine(AppContext.BaseDirectory, "DiffSeg.MLNet.Tests.Child.dll");
}
