using System.Reflection;
using System.Reflection.Emit;
using DiffSeg.Cli.Doctor;
using DiffSeg.Cli.Tests.Support;
using Spectre.Console.Testing;

namespace DiffSeg.Cli.Tests.Doctor;

public class ExaminationTests
{
    [Fact]
    public void Every_finding_has_its_line_and_bad_ones_decide()
    {
        (bool good, string report) = Examine(
            new Check(new Finding("one", Health.Good, "fine [really]")),
            new Check(new Finding("two", Health.Note, "by the way")));
        Assert.True(good);
        Assert.Equal("ok  one                fine [really]\n--  two                by the way\n\nEverything needed works.\n", report);

        (good, report) = Examine(new Check(new Finding("one", Health.Bad, "broken")), new Check(new Finding("two", Health.Good, "fine")));
        Assert.False(good);
        Assert.Contains("BAD one                broken\nok  two", report);
    }

    [Fact]
    public void Check_that_breaks_is_bad_and_the_others_follow()
    {
        (bool good, string report) = Examine(
            new Check(new Finding("one", Health.Good, "fine")) { Breaks = new TypeInitializationException("T", new DllNotFoundException("no\nlibrary")) },
            new Check(new Finding("two", Health.Good, "fine")));

        Assert.False(good);
        Assert.Contains("ok  one                fine\nBAD check              no library\nok  two", report);
    }

    [Fact]
    public void Stand_in_is_told_from_the_real_library()
    {
        AssemblyBuilder standIn = AssemblyBuilder.DefineDynamicAssembly(new AssemblyName("Fake.ML"), AssemblyBuilderAccess.Run);
        ConstructorInfo metadata = typeof(AssemblyMetadataAttribute).GetConstructor([typeof(string), typeof(string)])!;
        standIn.SetCustomAttribute(new CustomAttributeBuilder(metadata, ["DiffSegStandIn", "true"]));

        Finding[] findings = [.. new LibraryCheck([standIn, typeof(FactAttribute).Assembly]).Examine()];

        Assert.Equal([Health.Note, Health.Good], findings.Select(finding => finding.Health));
        Assert.StartsWith("Fake.ML ", findings[0].Text);
        Assert.Contains("the offline stand-in, not the real library", findings[0].Text);
        Assert.DoesNotContain("stand-in", findings[1].Text);
    }

    [Fact]
    public async Task This_machine_is_well()
    {
        (int code, string output, _) = await new ToolRun(".").Run("doctor");

        Assert.True(code == 0, output);
        foreach (string subject in new[] { "diffseg", ".NET", "processor", "Microsoft.ML.OnnxTransformer", "ONNX Runtime", "GPU", "two halves, two segments" })
        {
            Assert.Contains(subject, output);
        }
    }

    private static (bool Good, string Report) Examine(params ICheck[] checks)
    {
        using TestConsole console = new TestConsole().Width(200);
        bool good = new Examination(console, checks).Run();
        return (good, console.Output);
    }

    private sealed class Check(Finding finding) : ICheck
    {
        public Exception? Breaks { get; init; }

        public string Subject => "check";

        public IEnumerable<Finding> Examine()
        {
            yield return finding;
            if (Breaks is { } problem)
            {
                throw problem;
            }
        }
    }
}
