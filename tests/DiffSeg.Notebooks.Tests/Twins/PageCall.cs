using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DiffSeg.Notebooks.Tests.Twins;

/// <summary>What a statement of a twin is in the notebook.</summary>
internal enum PageCallKind
{
    /// <summary>Code. Text for the page is written to the console instead.</summary>
    Code,

    /// <summary>Prose in Markdown: the page's title, a heading, a paragraph.</summary>
    Prose,

    /// <summary>The value that a cell ends with: what the page shows.</summary>
    Value,
}

/// <summary>A statement of a twin, as the notebook has it.</summary>
internal readonly record struct PageCall(PageCallKind Kind, string Text)
{
    private const string Page = "page";

    /// <exception cref="FormatException">The statement does with the page what a notebook cannot.</exception>
    public static PageCall Of(StatementSyntax statement)
    {
        var code = (StatementSyntax)new TextToConsole().Visit(statement);
        return code switch
        {
            _ when !Names(code, Page) => new(PageCallKind.Code, code.ToFullString()),
            LocalDeclarationStatementSyntax { Declaration.Variables: [{ Initializer.Value: BaseObjectCreationExpressionSyntax { ArgumentList.Arguments: [{ } title] } }] }
                => new(PageCallKind.Prose, "# " + Literal(title)),
            ExpressionStatementSyntax { Expression: InvocationExpressionSyntax { ArgumentList.Arguments: [{ } argument, ..] } call }
                when MethodOfPage(call) is { } method => Of(method, argument, code.GetLeadingTrivia().ToFullString()),
            _ => throw new FormatException($"A notebook has nothing for what a twin does with its page here: {statement}"),
        };
    }

    /// <summary>Whether code has an identifier.</summary>
    public static bool Names(SyntaxNode code, string name) =>
        code.DescendantTokens().Any(token => token.IsKind(SyntaxKind.IdentifierToken) && token.Text == name);

    private static PageCall Of(string method, ArgumentSyntax argument, string comments) => method switch
    {
        "Heading" => new(PageCallKind.Prose, "## " + Literal(argument)),
        "Paragraph" => new(PageCallKind.Prose, Literal(argument)),
        "Add" => new(PageCallKind.Value, comments + argument),
        _ => throw new FormatException($"A notebook has nothing for page.{method}(...)."),
    };

    private static string? MethodOfPage(InvocationExpressionSyntax call) =>
        call.Expression is MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.Text: Page } } member
            ? member.Name.Identifier.Text
            : null;

    private static string Literal(ArgumentSyntax argument) => argument.Expression is LiteralExpressionSyntax literal
        ? literal.Token.ValueText
        : throw new FormatException($"Prose is a literal, so that the notebook can have it: {argument}");

    /// <summary>Makes <c>page.Code(text)</c>, also within a loop, <c>Console.WriteLine(text)</c>.</summary>
    private sealed class TextToConsole : CSharpSyntaxRewriter
    {
        public override SyntaxNode? VisitInvocationExpression(InvocationExpressionSyntax node) => MethodOfPage(node) == "Code"
            ? node.WithExpression(SyntaxFactory.ParseExpression("Console.WriteLine").WithLeadingTrivia(node.GetLeadingTrivia()))
            : base.VisitInvocationExpression(node);
    }
}
