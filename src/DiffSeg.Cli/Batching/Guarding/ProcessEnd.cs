using System.Runtime.InteropServices;

namespace DiffSeg.Cli.Batching.Guarding;

/// <summary>Ends the process at once.</summary>
internal static class ProcessEnd
{
    /// <summary>
    /// Ends it with an exit code, whatever its threads are in the middle of: the usual way out waits for them, or lets a
    /// native library tidy up what another thread of it still uses.
    /// </summary>
    /// <param name="code">The exit code.</param>
    public static void At(int code)
    {
        Output.AtomicFile.DiscardUnfinished();
        if (!OperatingSystem.IsWindows())
        {
            Exit(code);
        }

        Environment.Exit(code);
    }

    [DllImport("libc", EntryPoint = "_exit")]
    private static extern void Exit(int code);
}
