using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace DiffSeg.Cli.Tests.Batching;

/// <summary>The real process of a batch, whose log is read line by line while it runs.</summary>
internal sealed class BatchProcess : IDisposable
{
    private readonly StringBuilder _log = new();
    private readonly Process _process;

    private BatchProcess(Process process) => _process = process;

    /// <summary>Its number.</summary>
    public int Id => _process.Id;

    public static BatchProcess Start(string workingDirectory, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "DiffSeg.Cli.dll"), .. arguments])
        {
            WorkingDirectory = workingDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        Process process = Process.Start(start)!;
        process.StandardInput.Close();

        // The summary; nobody waits for it, and a full pipe would hold the process up.
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        return new BatchProcess(process);
    }

    /// <summary>Waits for so many chunks to be done; false when the process ends before.</summary>
    public async Task<bool> HasDoneAsync(int chunks)
    {
        while (chunks > 0 && await ReadAsync() is { } line)
        {
            chunks -= IsChunk(line) ? 1 : 0;
        }

        return chunks <= 0;
    }

    /// <summary>Ends it as nothing can be prepared for.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Waits for its end.</summary>
    public async Task<(int Code, string Log)> FinishAsync()
    {
        while (await ReadAsync() is not null)
        {
        }

        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (_process.ExitCode, _log.ToString());
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    private async Task<string?> ReadAsync()
    {
        string? line = await _process.StandardError.ReadLineAsync(TestContext.Current.CancellationToken);
        if (line is not null)
        {
            _log.Append(line).Append('\n');
        }

        return line;
    }

    private static bool IsChunk(string line)
    {
        using var document = JsonDocument.Parse(line);
        return document.RootElement.GetProperty("EventId").GetInt32() == 2;
    }
}
