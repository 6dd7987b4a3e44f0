namespace DiffSeg.Offline;

/// <summary>Who chooses where packages come from.</summary>
internal enum PackageMode
{
    /// <summary>By trying: a family comes from the registry when it can be restored from there.</summary>
    Auto,

    /// <summary>Everything from the machine's own package sources; an error when they lack something.</summary>
    Registry,

    /// <summary>Everything from packages made here.</summary>
    Offline,
}

/// <summary>
/// What a restore asks for. The hook writes it as one line of <c>key=value</c> words and compares that line with
/// the decision's; this type only reads it, so that there is one maker of the line.
/// </summary>
internal sealed record Wish(
    string Line, PackageMode Mode, string OnnxRuntime, bool Cuda, IReadOnlyDictionary<string, string> Versions)
{
    /// <summary>Reads the hook's line.</summary>
    /// <exception cref="DecisionException">A word is missing or has no known value.</exception>
    public static Wish Parse(string line)
    {
        var words = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (string word in line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            int equals = word.IndexOf('=');
            if (equals <= 0)
            {
                throw new DecisionException($"The wish \"{line}\" has a word that is not key=value: \"{word}\".");
            }

            words[word[..equals]] = word[(equals + 1)..];
        }

        string Take(string key) => words.Remove(key, out string? value)
            ? value
            : throw new DecisionException($"The wish \"{line}\" lacks the word {key}=.");

        string variable = Take("mode");
        PackageMode mode = variable.ToLowerInvariant() switch
        {
            "auto" => PackageMode.Auto,
            "registry" => PackageMode.Registry,
            "offline" => PackageMode.Offline,
            _ => throw new DecisionException(
                $"DIFFSEG_PACKAGES is \"{variable}\". It may be \"registry\" (the machine's package sources), " +
                "\"offline\" (packages made in eng/offline) or unset (decided by trying)."),
        };
        string flavour = Take("onnxruntime");
        string onnxRuntime = flavour.ToLowerInvariant() switch
        {
            "gpu" => "Gpu",
            "cpu" => "Cpu",
            _ => throw new DecisionException($"The property OnnxRuntime is \"{flavour}\". It may be Gpu or Cpu."),
        };
        bool cuda = Take("cuda") == "yes";
        return new Wish(line, mode, onnxRuntime, cuda, words);
    }

    /// <summary>The packages of a family that this restore needs, with the versions that it asks for.</summary>
    public IReadOnlyList<(string Id, string Version)> Packages(Family family) =>
        [.. family.PackageIds(OnnxRuntime).Select(id => (id, Version(id)))];

    /// <summary>The version that Directory.Packages.props asks for.</summary>
    public string Version(string id) => Versions.TryGetValue(id, out string? version)
        ? version
        : throw new DecisionException($"Directory.Packages.props has no version for {id}.");
}
