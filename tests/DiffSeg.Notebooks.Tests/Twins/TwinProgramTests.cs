using DiffSeg.Notebooks.Tests.Documents;

namespace DiffSeg.Notebooks.Tests.Twins;

public class TwinProgramTests
{
    private const string Program = """"
        #:project ../src/Some.csproj
        // What this program is.
        using System;
        using System.IO;

        var page = new HtmlPage("The title");
        page.Paragraph("""
            Prose with `code`
            over two lines.
            """);

        // Why it is so.
        int one = 1;
        for (int i = 0; i < one; i++)
        {
            page.Code($"one is {one}");
        }

        page.Add(new Row(one), "A caption.");

        page.Heading("A section");
        page.Paragraph("More.");
        int two = 2;

        string file = args is [string name] ? name : "page.html";
        page.Save(file);
        Console.WriteLine(file);

        /// <summary>A row.</summary>
        public record Row(int Number);
        """";

    [Fact]
    public void Twin_is_cut_into_prose_and_code() => Assert.Equal(
        [
            Cell.Prose("# The title\n\nProse with `code`\nover two lines."),
            Cell.Code("#r \"nuget: A, 1.0\"\n\nusing System;\nusing System.IO;"),
            Cell.Code("/// <summary>A row.</summary>\npublic record Row(int Number);\n\n// Why it is so.\nint one = 1;\nfor (int i = 0; i < one; i++)\n{\n    Console.WriteLine($\"one is {one}\");\n}\n\nnew Row(one)"),
            Cell.Prose("## A section\n\nMore."),
            Cell.Code("int two = 2;"),
        ],
        TwinProgram.Cells(Program, ["#r \"nuget: A, 1.0\""]));

    [Theory]
    [InlineData("int x = ;", "no C# program")]
    [InlineData("page.Sing(1);", "page.Sing")]
    [InlineData("page.Paragraph($\"{1}\");", "literal")]
    [InlineData("if (1 < 2) { page.Add(3); }", "page here")]
    [InlineData("class Unused;", "Unused")]
    public void Program_that_no_notebook_can_be_is_refused(string program, string word) => Assert.Contains(
        word, Assert.Throws<FormatException>(() => TwinProgram.Cells(program, [])).Message, StringComparison.Ordinal);
}
