namespace DiffSeg.Packages.Tests.Readme;

public class SnippetReadingTests
{
    private const string Markdown = """
        # Title
        ```
        not code
        ```
        ```csharp
        using A;
        var ml = new MLContext();
        class Row;
        ```
        Then:
        ```csharp
        using A;
        using B;
        ml.Use();
        ```

        <!-- not run -->
        ```cs
        var other = new MLContext();
        ```
        ```bash
        dotnet build
        ```
        """;

    [Fact]
    public void Only_CSharp_blocks_are_found_with_their_lines_and_marks() => Assert.Equal(
        [(5, true), (11, true), (18, false)],
        Snippet.In(Markdown).Select(snippet => (snippet.Line, snippet.Runs)));

    [Fact]
    public void Blocks_that_go_on_join_the_program_before_them()
    {
        IReadOnlyList<SnippetProgram> programs = SnippetProgram.In(Snippet.In(Markdown));

        Assert.Equal([(5, true), (18, false)], programs.Select(program => (program.Line, program.Runs)));
        Assert.Equal("using A;\nusing B;\nvar ml = new MLContext();\nml.Use();\nclass Row;\n", programs[0].Code);
    }
}
