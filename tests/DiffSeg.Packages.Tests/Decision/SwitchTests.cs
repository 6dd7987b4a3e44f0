using DiffSeg.Offline;
using DiffSeg.Packages.Tests.Hook;

namespace DiffSeg.Packages.Tests.Decision;

/// <summary>Packages of two origins never meet: what a decision removes, keeps and puts in place.</summary>
public sealed class SwitchTests : IDisposable
{
    private static readonly Offline.Decision Registry = new("wish", 0, Source.Registry, Source.Registry);

    private readonly TemporaryFolder _root = new();
    private readonly House _house;
    private readonly string _work;
    private readonly string _made;

    public SwitchTests()
    {
        _house = new House(_root.Path);
        _work = Directory.CreateDirectory(Path.Combine(_house.Works, "one")).FullName;
        _made = Directory.CreateDirectory(Path.Combine(_work, "feed")).FullName;
        foreach (string id in new[] { "microsoft.ml", "microsoft.ml.dataview", "microsoft.ml.onnxruntime.managed", "newtonsoft.json" })
        {
            _root.Write($".packages/{id}/1.0.0/old.txt", "old");
        }

        _root.Write("eng/offline/feed/Microsoft.ML.5.0.0.nupkg", "old");
        _root.Write("eng/offline/decision.txt", "old");
        _root.Write("src/Lib/Lib.csproj", "");
        _root.Write("src/Lib/obj/project.assets.json", "old");
        _root.Write("src/Lib/bin/Debug/Lib.dll", "old");
    }

    public void Dispose() => _root.Dispose();

    [Fact]
    public void Family_that_changed_is_forgotten_and_the_other_kept()
    {
        new Switch(_house, _work).Apply(Registry, before: Registry with { MlNet = Source.Offline }, _made);

        Assert.Equal(["microsoft.ml.onnxruntime.managed", "newtonsoft.json"], Extracted());
        Assert.Empty(_house.FeedPackages());
        Assert.False(Directory.Exists(_root.File("src/Lib/obj")));
        Assert.False(Directory.Exists(_root.File("src/Lib/bin")));
        Assert.Equal(Registry, _house.ReadDecision());
    }

    [Fact]
    public void Nothing_is_forgotten_when_nothing_changed()
    {
        new Switch(_house, _work).Apply(Registry, before: Registry, _made);

        Assert.Equal(4, Extracted().Length);
        Assert.True(File.Exists(_root.File("src/Lib/bin/Debug/Lib.dll")));
    }

    [Fact]
    public void Without_a_known_decision_before_both_families_are_forgotten()
    {
        new Switch(_house, _work).Apply(Registry, before: null, _made);

        Assert.Equal(["newtonsoft.json"], Extracted());
    }

    [Fact]
    public void Made_packages_come_into_the_feed_and_are_extracted_before_any_source_is_asked()
    {
        FakeSource.Fill(_made, ["Microsoft.ML"], "5.0.0");
        var decision = new Offline.Decision("wish", 1, Source.Offline, Source.Registry);
        // What the trial brought: the registry's ML.NET, which is not wanted, and something else.
        _root.Write("eng/offline/.work/one/probed/microsoft.ml.cpumath/5.0.0/real.txt", "real");
        _root.Write("eng/offline/.work/one/probed/skiasharp/3.0.0/real.txt", "real");

        new Switch(_house, _work).Apply(decision, before: null, _made);

        Assert.Equal(["Microsoft.ML.5.0.0.nupkg"], _house.FeedPackages().Select(Path.GetFileName));
        Assert.Equal(["microsoft.ml", "newtonsoft.json", "skiasharp"], Extracted());
        Assert.Contains("eng/offline/feed", File.ReadAllText(_root.File(".packages/microsoft.ml/5.0.0/.nupkg.metadata")).Replace("\\\\", "/", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.NotNull(_house.DecisionFor(new Wish("wish", PackageMode.Auto, "Gpu", false, new Dictionary<string, string>())));
    }

    [Fact]
    public void Interrupted_switch_leaves_no_decision()
    {
        File.WriteAllText(Path.Combine(_made, "Microsoft.ML.5.0.0.nupkg"), "not a package");
        var decision = new Offline.Decision("wish", 1, Source.Offline, Source.Registry);

        Assert.Throws<InvalidDataException>(() => new Switch(_house, _work).Apply(decision, before: Registry, _made));

        Assert.Null(_house.ReadDecision());
        Assert.False(File.Exists(_house.DecisionFile));
    }

    [Fact]
    public void Decision_does_not_hold_when_the_feed_lost_a_package()
    {
        var wish = new Wish("wish", PackageMode.Auto, "Gpu", false, new Dictionary<string, string>());
        _house.WriteDecision(new Offline.Decision("wish", 1, Source.Offline, Source.Registry), _work);
        Assert.NotNull(_house.DecisionFor(wish));

        File.Delete(_house.FeedPackages().Single());

        Assert.Null(_house.DecisionFor(wish));
    }

    private string[] Extracted() =>
        [.. Directory.GetDirectories(_house.Packages).Select(folder => Path.GetFileName(folder)!).Order(StringComparer.Ordinal)];
}
