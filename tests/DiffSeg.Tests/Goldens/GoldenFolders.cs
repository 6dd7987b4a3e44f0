using System.Text.Json;

namespace DiffSeg.Tests.Goldens;

/// <summary>Where golden cases come from: the carried selection, and a larger folder where there is one.</summary>
/// <remarks>
/// The larger folder is DIFFSEG_GOLDENS when that is set, and must then exist; else ../shared/goldens beside the
/// repository, which may be missing.
/// </remarks>
internal static class GoldenFolders
{
    public const string Variable = "DIFFSEG_GOLDENS";

    public static string Carried => Path.Combine(AppContext.BaseDirectory, "Goldens", "cases");

    public static string? External
    {
        get
        {
            string? chosen = Environment.GetEnvironmentVariable(Variable);
            if (!string.IsNullOrEmpty(chosen))
            {
                return chosen;
            }

            string shared = Path.GetFullPath(Path.Combine(Repository, "..", "shared", "goldens"));
            return Directory.Exists(shared) ? shared : null;
        }
    }

    public static string Repository
    {
        get
        {
            string? folder = AppContext.BaseDirectory;
            while (folder is not null && !File.Exists(Path.Combine(folder, "DiffSeg.MLNet.sln")))
            {
                folder = Path.GetDirectoryName(folder);
            }

            return folder ?? throw new DirectoryNotFoundException("The tests do not run from inside the repository.");
        }
    }

    /// <summary>Rows of a theory: the folder that a case is in ("carried" or "external") and its name.</summary>
    public static TheoryData<string, string> Cases(string kind)
    {
        TheoryData<string, string> rows = [];
        AddCases(rows, "carried", Carried, kind);
        string? external = External;
        if (external is null)
        {
            rows.Add("external", NoCase);
        }
        else if (!Directory.Exists(external))
        {
            rows.Add("external", MissingFolder);
        }
        else
        {
            AddCases(rows, "external", external, kind);
        }

        return rows;
    }

    /// <summary>The folder of a case; skips or fails where the larger folder is missing.</summary>
    public static string Find(string source, string name)
    {
        Assert.SkipWhen(name == NoCase, $"There is no ../shared/goldens beside the repository, and {Variable} is not set.");
        Assert.False(name == MissingFolder, $"{Variable} names {External}, which is not a folder.");
        return Path.Combine(source == "carried" ? Carried : External!, name);
    }

    private const string NoCase = "(no folder)";
    private const string MissingFolder = "(missing folder)";

    private static void AddCases(TheoryData<string, string> rows, string source, string folder, string kind)
    {
        foreach (string path in Directory.GetDirectories(folder).Order(StringComparer.Ordinal))
        {
            string description = Path.Combine(path, "case.json");
            if (!File.Exists(description))
            {
                continue;
            }

            using JsonDocument json = JsonDocument.Parse(File.ReadAllText(description));
            if (json.RootElement.GetProperty("kind").GetString() == kind)
            {
                rows.Add(source, Path.GetFileName(path));
            }
        }
    }
}
