using DiffSeg.Cli;
using DiffSeg.Cli.CommandLine;
using DiffSeg.Cli.Terminal;

ToolConsole console = ToolConsole.OfProcess();
using var stop = new StopSignal(console);
var tool = new Tool(console, Environment.CurrentDirectory, TimeProvider.System, new Surroundings { Stop = stop });
return await new DiffSegCommandLine(tool, console).RunAsync(args, stop.Token);
