using System.Runtime.InteropServices;
using DiffSeg.Notebooks.Tests.Documents;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Scripting;
using Microsoft.CodeAnalysis.Scripting;
using Microsoft.DotNet.Interactive.Formatting;

namespace DiffSeg.Notebooks.Tests.Hosting;

/// <summary>
/// Runs the cells of one notebook in their order as the C# kernel of .NET Interactive does: as C# script, with its usings,
/// the value of a cell shown by its formatter.
/// </summary>
/// <remarks>The console is redirected while a cell runs, so hosts run one at a time.</remarks>
internal sealed class NotebookHost
{
    private static readonly BuiltPackages Packages = new();

    private ScriptOptions _options = ScriptOptions.Default
        .WithLanguageVersion(LanguageVersion.Latest)
        .WithReferences(Framework())
        .WithImports("System", "System.Text", "System.Collections", "System.Collections.Generic", "System.Threading.Tasks", "System.Linq");

    private ScriptState<object>? _state;

    /// <summary>Runs all cells in the folder of the notebooks, as an editor does.</summary>
    /// <returns>What each cell gave; nothing for prose.</returns>
    /// <exception cref="CellException">A cell could not be compiled, or threw.</exception>
    public static async Task<IReadOnlyList<CellOutput>> Run(IReadOnlyList<Cell> cells, string folder, Action<TimeSpan>? timed = null)
    {
        string before = Directory.GetCurrentDirectory();
        Directory.SetCurrentDirectory(folder);
        try
        {
            var host = new NotebookHost();
            var outputs = new List<CellOutput>();
            foreach (Cell cell in cells)
            {
                long start = System.Diagnostics.Stopwatch.GetTimestamp();
                outputs.Add(cell.IsCode ? await host.Run(cell.Source) : CellOutput.Nothing);
                timed?.Invoke(System.Diagnostics.Stopwatch.GetElapsedTime(start));
            }

            return outputs;
        }
        finally
        {
            Directory.SetCurrentDirectory(before);
        }
    }

    /// <summary>Runs a cell after those that were run before.</summary>
    /// <exception cref="CellException">It could not be compiled, or threw.</exception>
    public async Task<CellOutput> Run(string code)
    {
        TextWriter console = Console.Out;
        using var text = new StringWriter { NewLine = "\n" };
        Console.SetOut(text);
        try
        {
            foreach ((string id, string version) in Directives.In(code))
            {
                _options = _options.AddReferences(Packages.Assemblies(id, version));
            }

            string script = Directives.Without(code);
            _state = _state is null
                ? await CSharpScript.RunAsync<object>(script, _options)
                : await _state.ContinueWithAsync<object>(script, _options);
            return new CellOutput(text.ToString(), _state.ReturnValue is { } value ? Show(value) : null);
        }
        catch (Exception exception)
        {
            throw new CellException(code, exception);
        }
        finally
        {
            Console.SetOut(console);
        }
    }

    private static IEnumerable<string> Framework() =>
        Directory.GetFiles(RuntimeEnvironment.GetRuntimeDirectory(), "System*.dll").Where(file => !file.Contains("Native", StringComparison.Ordinal));

    private static string Show(object value) => value.ToDisplayString(HtmlFormatter.MimeType).ReplaceLineEndings("\n");
}
