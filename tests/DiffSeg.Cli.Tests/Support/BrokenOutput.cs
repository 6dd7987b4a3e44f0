using System.Text;

namespace DiffSeg.Cli.Tests.Support
{
    /// <summary>
    /// Makes a bug in a real process that has none: .NET loads this assembly into it first, by the startup hook below, and what
    /// is written to standard output then throws what nobody expects.
    /// </summary>
    internal sealed class BrokenOutput : TextWriter
    {
        public static Dictionary<string, string> Variables { get; } = new() { ["DOTNET_STARTUP_HOOKS"] = typeof(BrokenOutput).Assembly.Location };

        public override Encoding Encoding => Encoding.UTF8;

        public override void Write(char value) => throw new NotImplementedException("a bug");
    }
}

#pragma warning disable CA1050, SA1403, SA1649 // .NET looks for a type of this name in no namespace.

internal static class StartupHook
{
    public static void Initialize() => Console.SetOut(new DiffSeg.Cli.Tests.Support.BrokenOutput());
}
