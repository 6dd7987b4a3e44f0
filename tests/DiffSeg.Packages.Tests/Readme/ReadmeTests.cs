using System.Globalization;
using DiffSeg.Packages.Tests.Packing;

namespace DiffSeg.Packages.Tests.Readme;

/// <summary>What README.md shows compiles and runs, in a folder with photos, on the packed packages.</summary>
public class ReadmeTests(PackedHouse house)
{
    public static TheoryData<int> Programs =>
        [.. SnippetProgram.In(Snippet.In(Text)).Select(program => program.Line)];

    private static string Text => File.ReadAllText(Repository.Path("README.md"));

    [Theory]
    [MemberData(nameof(Programs))]
    public async Task Program_at_line_compiles_and_runs(int line)
    {
        SnippetProgram program = SnippetProgram.In(Snippet.In(Text)).Single(program => program.Line == line);
        using Consumer consumer = await Consumer.Of(house);
        string name = "readme" + line.ToString(CultureInfo.InvariantCulture);
        string[] arguments;
        if (program.FileBased)
        {
            consumer.Write(name + ".cs", program.Code);
            arguments = program.Runs ? ["run", name + ".cs"] : ["build", name + ".cs"];
        }
        else
        {
            consumer.WriteProject(name, program.Code);
            arguments = program.Runs ? ["run", "--project", name] : ["build", name];
        }

        Outcome outcome = await consumer.Dotnet(arguments);

        outcome.Succeeded();
    }

    [Fact]
    public void Readme_shows_a_program_that_runs() =>
        Assert.Contains(SnippetProgram.In(Snippet.In(Text)), program => program.Runs);
}
