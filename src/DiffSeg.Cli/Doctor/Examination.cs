using Spectre.Console;

namespace DiffSeg.Cli.Doctor;

/// <summary>Runs the checks and writes the report.</summary>
/// <param name="output">Where to.</param>
/// <param name="checks">What to examine.</param>
internal sealed class Examination(IAnsiConsole output, IEnumerable<ICheck> checks)
{
    private const int SubjectWidth = 18;

    /// <summary>The examination of "diffseg doctor".</summary>
    /// <param name="output">Where to.</param>
    /// <param name="surroundings">The machine.</param>
    public Examination(IAnsiConsole output, Surroundings surroundings)
        : this(
            output,
            [
                new PlatformCheck(),
                new LibraryCheck(),
                new OnnxRuntimeCheck(),
                new ModelsCheck(surroundings.Catalogue, surroundings.Cache, MachineMemory.OfThisMachine()),
                new DemoModelCheck(),
            ])
    {
    }

    /// <summary>Examines everything, also after something bad.</summary>
    /// <returns>Whether everything that segmenting needs works.</returns>
    public bool Run()
    {
        bool good = true;
        foreach (Finding finding in checks.SelectMany(Findings))
        {
            good &= finding.Health != Health.Bad;
            Write(finding);
        }

        output.WriteLine();
        output.MarkupLine(good ? "[green]Everything needed works.[/]" : "[red]Something needed does not work: see the lines marked BAD.[/]");
        return good;
    }

    // A missing native library shows itself as almost any exception; the line must appear, and the other checks too.
    private static List<Finding> Findings(ICheck check)
    {
        var findings = new List<Finding>();
        try
        {
            foreach (Finding finding in check.Examine())
            {
                findings.Add(finding);
            }
        }
        catch (Exception problem)
        {
            findings.Add(new Finding(check.Subject, Health.Bad, problem.GetBaseException().Message.ReplaceLineEndings(" ")));
        }

        return findings;
    }

    private void Write(Finding finding)
    {
        string mark = finding.Health switch
        {
            Health.Good => "[green]ok[/]  ",
            Health.Bad => "[red]BAD[/] ",
            _ => "[yellow]--[/]  ",
        };
        output.MarkupLine($"{mark}{Markup.Escape(finding.Subject.PadRight(SubjectWidth))} {Markup.Escape(finding.Text)}");
    }
}
