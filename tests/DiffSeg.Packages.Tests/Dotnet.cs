using System.Diagnostics;
using System.Runtime.InteropServices;

namespace DiffSeg.Packages.Tests;

/// <summary>What a program wrote and how it ended.</summary>
public sealed record Outcome(int ExitCode, string Output)
{
    /// <summary>Fails the test with the program's own words when it failed.</summary>
    public Outcome Succeeded()
    {
        Assert.True(ExitCode == 0, $"exit code {ExitCode}\n{Output}");
        return this;
    }
}

/// <summary>Runs programs as a user would: in a folder, with variables, without a terminal.</summary>
public static class Dotnet
{
    /// <summary>The dotnet whose runtime these tests run on: three folders above the runtime's own.</summary>
    public static string Path { get; } = System.IO.Path.GetFullPath(System.IO.Path.Combine(
        RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));

    public static Task<Outcome> Run(string folder, params string[] arguments) =>
        Run(folder, new Dictionary<string, string?>(), arguments);

    public static Task<Outcome> Run(string folder, IReadOnlyDictionary<string, string?> variables, params string[] arguments) =>
        Program(Path, folder, variables, arguments);

    public static async Task<Outcome> Program(string program, string folder, IReadOnlyDictionary<string, string?> variables, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
        };
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["MSBUILDTERMINALLOGGER"] = "off";
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        // The test host's own settings are not the user's.
        foreach (string name in new[] { "DIFFSEG_DECIDING", "MSBuildSDKsPath", "MSBuildExtensionsPath", "MSBUILD_EXE_PATH", "DOTNET_CLI_TEST_COMMAND_WORKING_DIRECTORY" })
        {
            start.Environment.Remove(name);
        }

        foreach ((string name, string? value) in variables)
        {
            start.Environment.Remove(name);
            if (value is not null)
            {
                start.Environment[name] = value;
            }
        }

        CancellationToken cancelled = TestContext.Current.CancellationToken;
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        try
        {
            Task<string> errors = process.StandardError.ReadToEndAsync(cancelled);
            string output = await process.StandardOutput.ReadToEndAsync(cancelled) + await errors;
            await process.WaitForExitAsync(cancelled);
            return new Outcome(process.ExitCode, output);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }
}
