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
        return Start(folder, [job, .. arguments], process => FuzzHand.Read(FuzzHand.PathOf(name, process)) is { Count: > 0 } cases
            ? $" It had in hand the cases {string.Join(", ", cases)}; run one alone with DIFFSEG_FUZZ_CASE."
            : "");
    }

    private static string[] Start(TemporaryFolder folder, string[] arguments, Func<int, string>? lastWords = null)
    {
        var start = new ProcessStartInfo("dotnet", [Child(), folder.File("result.txt"), .. arguments])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        using Process child = Process.Start(start)!;
        Task<string> output = child.StandardOutput.ReadToEndAsync();
        string errors = child.StandardError.ReadToEnd();
        child.WaitForExit();
        Assert.True(child.ExitCode == 0, $"The child process ended with {child.ExitCode}: {errors}{output.Result}{lastWords?.Invoke(child.Id)}");
        return File.ReadAllLines(folder.File("result.txt"));
    }

    private static string Child() => Path.Combine(AppContext.BaseDirectory, "DiffSeg.MLNet.Tests.Child.dll");
}
