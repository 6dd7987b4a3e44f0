using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DiffSeg.Packages.Tests.Readme;

/// <summary>
/// A program as a reader puts it together: a snippet that begins one, and the snippets after it that go on with its
/// variables, up to the next that begins one.
/// </summary>
public sealed record SnippetProgram(int Line, string Code, bool Runs, bool FileBased)
{
    public static IReadOnlyList<SnippetProgram> In(IReadOnlyList<Snippet> snippets)
    {
        var programs = new List<SnippetProgram>();
        for (int index = 0; index < snippets.Count; index++)
        {
            Snippet first = snippets[index];
            List<Snippet> parts = [first];
            while (index + 1 < snippets.Count && !snippets[index + 1].BeginsProgram)
            {
                parts.Add(snippets[++index]);
            }

            bool fileBased = first.Code.Contains("#:package", StringComparison.Ordinal);
            programs.Add(new(first.Line, Join(parts), parts.TrueForAll(part => part.Runs), fileBased));
        }

        return programs;
    }

    /// <summary>The usings of all parts, then their statements, then their types, as C# wants them.</summary>
    private static string Join(List<Snippet> parts)
    {
        if (parts.Count == 1)
        {
            return parts[0].Code;
        }

        CompilationUnitSyntax[] units = [.. parts.Select(part => CSharpSyntaxTree.ParseText(part.Code).GetCompilationUnitRoot())];
        IEnumerable<string> usings = units.SelectMany(unit => unit.Usings).Select(directive => directive.ToString()).Distinct();
        IEnumerable<string> statements = Members(units, statements: true);
        IEnumerable<string> types = Members(units, statements: false);
        return string.Join('\n', usings.Concat(statements).Concat(types)) + "\n";
    }

    private static IEnumerable<string> Members(CompilationUnitSyntax[] units, bool statements) =>
        from unit in units
        from member in unit.Members
        where member is GlobalStatementSyntax == statements
        select member.WithoutTrailingTrivia().ToFullString();
}
