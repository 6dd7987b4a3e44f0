using System.ComponentModel;
using System.Diagnostics;

namespace DiffSeg.Cli.Viewing;

/// <summary>The user's browser.</summary>
internal static class Browser
{
    /// <summary>Opens an address, where there is a screen and a browser; nothing happens where there is none.</summary>
    /// <param name="address">The address.</param>
    public static void Open(Uri address)
    {
        // Without a screen, a browser for terminals would take the terminal over.
        if (OperatingSystem.IsLinux() && Variable("DISPLAY") is null && Variable("WAYLAND_DISPLAY") is null)
        {
            return;
        }

        try
        {
            Process.Start(new ProcessStartInfo(address.AbsoluteUri) { UseShellExecute = true })?.Dispose();
        }
        catch (Exception problem) when (problem is Win32Exception or InvalidOperationException or PlatformNotSupportedException)
        {
            // The address stands on the terminal.
        }
    }

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
