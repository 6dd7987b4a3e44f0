using System.CommandLine;

namespace DiffSeg.Cli.CommandLine;

/// <summary>The command "model" and what is beneath it.</summary>
internal sealed class ModelCommand
{
    private readonly List<(Command Command, string Lesson)> _lessons = [];

    /// <summary>Makes the commands.</summary>
    /// <param name="tool">Carries them out.</param>
    public ModelCommand(ModelTool tool)
    {
        var info = new ModelInfoCommand(tool.Info);
        var list = new ModelListCommand(tool.List);
        var pull = new ModelPullCommand(tool.PullAsync);
        var build = new ModelBuildCommand(tool.BuildAsync);
        var verify = new ModelVerifyCommand(tool.Verify);
        Add(list.Command, ModelListCommand.Lesson);
        Add(pull.Command, ModelPullCommand.Lesson);
        Add(build.Command, ModelBuildCommand.Lesson);
        Add(info.Command, ModelInfoCommand.Lesson);
        Add(verify.Command, ModelVerifyCommand.Lesson);
    }

    /// <summary>The command "model".</summary>
    public Command Command { get; } = new("model", "Get, build, look at and check attention models.");

    /// <summary>What stands at the end of each command's help.</summary>
    public IReadOnlyList<(Command Command, string Lesson)> Lessons => _lessons;

    private void Add(Command command, string lesson)
    {
        Command.Subcommands.Add(command);
        _lessons.Add((command, lesson));
    }
}
