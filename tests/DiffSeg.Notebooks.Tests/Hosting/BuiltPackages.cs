using System.Text.Json.Nodes;

namespace DiffSeg.Notebooks.Tests.Hosting;

/// <summary>
/// The packages that a notebook can name: what this repository built or restored, with what each depends on, as the test
/// program's own list of dependencies has them. No other version is there.
/// </summary>
internal sealed class BuiltPackages
{
    /// <summary>This repository's applications take one or the other (eng/OnnxRuntime.props); notebooks name the first.</summary>
    private const string OnnxRuntime = "Microsoft.ML.OnnxRuntime";

    private readonly JsonObject _libraries = ReadLibraries();

    /// <summary>Paths of a package's assemblies and of those that it depends on.</summary>
    /// <exception cref="FileNotFoundException">There is no such package here, or no such version.</exception>
    public IReadOnlyCollection<string> Assemblies(string id, string version) => Find(id, version) is { } library
        ? Assemblies(library)
        : throw new FileNotFoundException($"There is no package {id} {version} among those of this repository.");

    private static JsonObject ReadLibraries()
    {
        string file = Path.ChangeExtension(typeof(BuiltPackages).Assembly.Location, ".deps.json");
        JsonNode document = JsonNode.Parse(File.ReadAllText(file))!;
        return document["targets"]![(string)document["runtimeTarget"]!["name"]!]!.AsObject();
    }

    /// <summary>Key of a library, such as "DiffSeg/0.1.0".</summary>
    private string? Find(string id, string version) =>
        _libraries.ContainsKey($"{id}/{version}") ? $"{id}/{version}"
        : id == OnnxRuntime && _libraries.ContainsKey($"{id}.Gpu/{version}") ? $"{id}.Gpu/{version}"
        : null;

    private HashSet<string> Assemblies(string library)
    {
        var seen = new HashSet<string>();
        var assemblies = new HashSet<string>();
        var open = new Queue<string>([library]);
        while (open.TryDequeue(out string? next))
        {
            if (!seen.Add(next) || _libraries[next] is not JsonObject found)
            {
                continue;
            }

            foreach ((string file, _) in found["runtime"] as JsonObject ?? [])
            {
                assemblies.Add(Path.Combine(AppContext.BaseDirectory, Path.GetFileName(file)));
            }

            foreach ((string id, JsonNode? version) in found["dependencies"] as JsonObject ?? [])
            {
                open.Enqueue($"{id}/{(string)version!}");
            }
        }

        return assemblies;
    }
}
