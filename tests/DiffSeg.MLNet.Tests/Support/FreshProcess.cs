using System.Diagnostics;
using Microsoft.ML;

namespace DiffSeg.MLNet.Tests.Support;

/// <summary>Saves a model and lets another process load and run it.</summary>
internal static class FreshProcess
{
    /// <summary>The options that the loaded model gives, then a line per row (RowValues).</summary>
    public static string[] Run(MLContext ml, ITransformer model, DataViewSchema schema, string data, params string[] columns)
    {
        using var folder = new TemporaryFolder();
        ml.Model.Save(model, schema, folder.File("model.zip"));
        string[] arguments = [Child(), folder.File("model.zip"), folder.File("result.txt"), data, .. columns];
        var start = new ProcessStartInfo("dotnet", arguments) { RedirectStandardError = true, RedirectStandardOutput = true };
        using Process child = Process.Start(start)!;
        Task<string> output = child.StandardOutput.ReadToEndAsync();
        string errors = child.StandardError.ReadToEnd();
        child.WaitForExit();
        Assert.True(child.ExitCode == 0, $"The child process ended with {child.ExitCode}: {errors}{output.Result}");
        return File.ReadAllLines(folder.File("result.txt"));
    }

    private static string Child() => Path.Combine(AppContext.BaseDirectory, "DiffSeg.MLNet.Tests.Child.dll");
}
