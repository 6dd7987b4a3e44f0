using System.Diagnostics;

namespace DiffSeg.Cli.Batching.Guarding;

/// <summary>
/// Tries an image that processes died with in a process of its own. Who is killed from outside may have any image in hand,
/// and kills that come soon after each start meet the same ones: only a death that this process survives tells that it was
/// the image.
/// </summary>
internal static class Trial
{
    /// <summary>Names the image to a process that tries it and does nothing else.</summary>
    public const string Variable = "DIFFSEG_BATCH_TRIAL";

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    /// <summary>Tries it, by the command line of this process.</summary>
    /// <param name="path">The image.</param>
    /// <param name="stop">Gives up.</param>
    /// <returns>
    /// False where the process died of it; true where it came to an end of any kind, or was cut short by <paramref name="stop"/>,
    /// which says nothing.
    /// </returns>
    public static bool Survives(string path, CancellationToken stop)
    {
        // The first argument is the tool's assembly, which only dotnet itself wants to be told.
        string[] arguments = Environment.GetCommandLineArgs();
        string program = Environment.ProcessPath!;
        bool isHost = Path.GetFileNameWithoutExtension(program).Equals("dotnet", StringComparison.OrdinalIgnoreCase);
        var start = new ProcessStartInfo(program, isHost ? arguments : arguments[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment[Variable] = path;
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        while (!process.WaitForExit(Interval))
        {
            if (stop.IsCancellationRequested)
            {
                process.Kill();
                return true;
            }
        }

        return !IsDeath(process.ExitCode);
    }

    /// <summary>Whether an exit code is that of a process that was ended by force: neither by itself nor by being asked to.</summary>
    /// <param name="code">The exit code; 128 and the signal, or on Windows a negative number.</param>
    public static bool IsDeath(int code) => code is < 0 or > 128 and not (ExitCode.Cancelled or ExitCode.Terminated);
}
