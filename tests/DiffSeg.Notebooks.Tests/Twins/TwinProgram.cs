using DiffSeg.Notebooks.Tests.Documents;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DiffSeg.Notebooks.Tests.Twins;

/// <summary>Cuts a twin, a file-based C# program that writes a page, into the cells of its notebook.</summary>
/// <remarks>notebooks/README.md has the rules for those who write twins; <see cref="PageCall"/> what becomes of each call.</remarks>
internal sealed class TwinProgram
{
    /// <summary>Where a twin saves its page depends on its arguments; from there on it has nothing of the notebook.</summary>
    private const string Arguments = "args";

    private readonly List<Cell> _cells = [];
    private readonly List<string> _prose = [];
    private readonly List<string> _code = [];

    private TwinProgram()
    {
    }

    /// <summary>The cells of the notebook.</summary>
    /// <param name="source">The program.</param>
    /// <param name="packages">The #r directives of the first cell of code.</param>
    /// <exception cref="FormatException">The program is no C#, or does with its page what a notebook cannot.</exception>
    public static IReadOnlyList<Cell> Cells(string source, IReadOnlyList<string> packages)
    {
        CompilationUnitSyntax unit = Parse(source);
        var program = new TwinProgram();
        foreach (StatementSyntax statement in unit.Members.OfType<GlobalStatementSyntax>().Select(member => member.Statement)
            .TakeWhile(statement => !PageCall.Names(statement, Arguments)))
        {
            program.Add(statement);
        }

        program.EndCells();
        foreach (MemberDeclarationSyntax type in unit.Members.Where(member => member is not GlobalStatementSyntax))
        {
            program.Insert((BaseTypeDeclarationSyntax)type);
        }

        program.AddFirst(string.Join('\n', packages) + "\n\n" + string.Join('\n', unit.Usings.Select(directive => directive.ToString())));
        return program._cells;
    }

    private static CompilationUnitSyntax Parse(string source)
    {
        CSharpParseOptions fileBased = CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Preview)
            .WithFeatures([KeyValuePair.Create("FileBasedProgram", "true")]);
        CompilationUnitSyntax unit = CSharpSyntaxTree.ParseText(source, fileBased).GetCompilationUnitRoot();
        return unit.GetDiagnostics().FirstOrDefault() is { } problem
            ? throw new FormatException($"The twin is no C# program: {problem}")
            : unit;
    }

    private void Add(StatementSyntax statement)
    {
        PageCall call = PageCall.Of(statement);
        switch (call.Kind)
        {
            case PageCallKind.Code:
                EndProse();
                _code.Add(call.Text);
                break;
            case PageCallKind.Prose:
                EndCode(null);
                _prose.Add(call.Text);
                break;
            case PageCallKind.Value:
                EndProse();
                EndCode(call.Text);
                break;
        }
    }

    private void EndCells()
    {
        EndProse();
        EndCode(null);
    }

    private void EndProse()
    {
        if (_prose.Count > 0)
        {
            _cells.Add(Cell.Prose(string.Join("\n\n", _prose)));
            _prose.Clear();
        }
    }

    private void EndCode(string? value)
    {
        string code = string.Concat(_code) + value;
        _code.Clear();
        if (code.Trim().Length > 0)
        {
            _cells.Add(Cell.Code(code));
        }
    }

    /// <summary>Puts the packages and usings before the first code.</summary>
    private void AddFirst(string setup)
    {
        int first = _cells.FindIndex(cell => cell.IsCode);
        _cells.Insert(first < 0 ? _cells.Count : first, Cell.Code(setup));
    }

    /// <summary>Puts a type, which C# wants at the end of a program, into the first cell that names it.</summary>
    private void Insert(BaseTypeDeclarationSyntax type)
    {
        int user = _cells.FindIndex(cell => cell.IsCode && PageCall.Names(CSharpSyntaxTree.ParseText(cell.Source).GetRoot(), type.Identifier.Text));
        if (user < 0)
        {
            throw new FormatException($"No cell names the type {type.Identifier.Text}.");
        }

        _cells[user] = Cell.Code(type.ToFullString().Trim() + "\n\n" + _cells[user].Source);
    }
}
