using System.Diagnostics;
using System.Runtime.InteropServices;

namespace DiffSeg.Offline;

/// <summary>What a called program answered.</summary>
internal sealed record Answer(int ExitCode, string Output);

/// <summary>Calls other programs, without a shell and without a console.</summary>
internal static class Call
{
    // The dotnet whose runtime this program runs on: three folders above the runtime's own.
    private static readonly string DotnetPath = Path.GetFullPath(Path.Combine(
        RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));

    public static Answer Dotnet(string folder, params IEnumerable<string> arguments) =>
        Program(DotnetPath, folder, arguments);

    /// <exception cref="System.ComponentModel.Win32Exception">There is no such program.</exception>
    public static Answer Program(string program, string folder, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
        };
        // Our hook must not run in what we start, and what is parsed must be English and without a live display.
        start.Environment["DIFFSEG_DECIDING"] = "true";
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["MSBUILDTERMINALLOGGER"] = "off";
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";

        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        output += errors.GetAwaiter().GetResult();
        process.WaitForExit();
        return new Answer(process.ExitCode, output);
    }
}
