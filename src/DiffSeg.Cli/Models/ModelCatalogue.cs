using System.Text.Json;
using System.Text.Json.Serialization;

namespace DiffSeg.Cli.Models;

/// <summary>The models that "diffseg model pull" knows: models/catalogue.json, inside this assembly.</summary>
internal sealed class ModelCatalogue
{
    private const string Resource = "catalogue.json";
    private const int Format = 1;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter<CatalogueKind>() },
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    private ModelCatalogue(IReadOnlyList<CatalogueEntry> models) => Models = models;

    /// <summary>The one that ships with the tool.</summary>
    public static ModelCatalogue Default { get; } = ReadResource();

    /// <summary>The models, in the file's order: the lightest first.</summary>
    public IReadOnlyList<CatalogueEntry> Models { get; }

    /// <summary>Reads and checks a catalogue.</summary>
    /// <param name="json">The file.</param>
    /// <exception cref="InvalidDataException">It is no catalogue, or an entry is not fit to be used.</exception>
    public static ModelCatalogue Read(Stream json)
    {
        try
        {
            Document document = JsonSerializer.Deserialize<Document>(json, Json) ?? throw new JsonException("It is empty.");
            if (document.Format != Format)
            {
                throw new InvalidDataException($"The catalogue's format is {document.Format}; this version of diffseg reads {Format}.");
            }

            CatalogueRules.Check(document.Models);
            return new ModelCatalogue(document.Models);
        }
        catch (JsonException problem)
        {
            throw new InvalidDataException($"The catalogue of models cannot be read: {problem.Message}", problem);
        }
    }

    /// <summary>The model of a name, letter case aside; null when there is none.</summary>
    /// <param name="name">The name.</param>
    public CatalogueEntry? Find(string name) =>
        Models.FirstOrDefault(model => model.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    private static ModelCatalogue ReadResource()
    {
        using Stream stream = typeof(ModelCatalogue).Assembly.GetManifestResourceStream(Resource)!;
        return Read(stream);
    }

    private sealed record Document(int Format, IReadOnlyList<CatalogueEntry> Models);
}
