using System.Diagnostics;

namespace DiffSeg.Onnx.Tests.Support;

/// <summary>A disk in memory, of a few kilobytes; skips the test where this process may not mount one.</summary>
internal sealed class SmallDisk : IDisposable
{
    public SmallDisk(TemporaryFolder folder, int kibibytes)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux has tmpfs.");
        Path = Directory.CreateDirectory(folder.File("disk")).FullName;
        Assert.SkipUnless(
            Run("mount", "-t", "tmpfs", "-o", $"size={kibibytes}k", "tmpfs", Path), "This process may not mount a tmpfs.");
    }

    public string Path { get; }

    /// <summary>Takes all the room that is left.</summary>
    public void Fill(string file)
    {
        using var stream = new FileStream(file, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        try
        {
            while (true)
            {
                stream.Write(new byte[4096]);
            }
        }
        catch (IOException)
        {
            // Full, as was wanted.
        }
    }

    public void Dispose() => Run("umount", Path);

    private static bool Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
