using System.Diagnostics;
using System.Text;

namespace DiffSeg.Cli.Tests.Support;

/// <summary>The real process, as a shell starts it.</summary>
internal sealed class ToolProcess : IDisposable
{
    private readonly StringBuilder _output = new();
    private readonly Task<string> _error;

    private ToolProcess(Process process)
    {
        Process = process;
        _error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
    }

    public Process Process { get; }

    public static ToolProcess Start(string workingDirectory, IReadOnlyDictionary<string, string> variables, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "DiffSeg.Cli.dll"), .. arguments])
        {
            WorkingDirectory = workingDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((string name, string value) in variables)
        {
            start.Environment[name] = value;
        }

        Process process = Process.Start(start)!;
        process.StandardInput.Close();
        return new ToolProcess(process);
    }

    /// <summary>Waits until a line of the output begins so; false when the output ends before.</summary>
    public async Task<bool> SaysAsync(string beginning)
    {
        while (await Process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            _output.Append(line).Append('\n');
            if (line.StartsWith(beginning, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    public async Task<(int Code, string Output, string Error)> FinishAsync()
    {
        _output.Append((await Process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken)).ReplaceLineEndings("\n"));
        string error = await _error;
        await Process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (Process.ExitCode, _output.ToString(), error.ReplaceLineEndings("\n"));
    }

    public void Dispose()
    {
        if (!Process.HasExited)
        {
            Process.Kill(entireProcessTree: true);
        }

        Process.Dispose();
    }
}
