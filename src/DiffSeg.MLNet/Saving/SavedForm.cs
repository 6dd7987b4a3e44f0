using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace DiffSeg.MLNet.Saving;

/// <summary>
/// A transformer of ours as a chain of ML.NET's own, which alone know how to write themselves into a model file and
/// are loaded without any registration. The chain's first two members carry the settings: a custom mapping makes a
/// constant key, and a value mapping maps that key to the settings as JSON.
/// </summary>
/// <remarks>
/// The names below and the contract names of the custom mappings are the file format: they must never change, and the
/// assembly version, which is written beside them, may only grow.
/// </remarks>
internal sealed class SavedForm
{
    /// <summary>Prefix of the chain's own columns; all are dropped at its end.</summary>
    public const string Prefix = "DiffSeg.Saved.";
    public const string Key = Prefix + "Key";
    public const string Settings = Prefix + "Settings";
    public const string NoAttention = Prefix + "NoAttention";
    public const string NoText = Prefix + "NoText";
    public const string NoNumber = Prefix + "NoNumber";

    private const int TheKey = 1;
    private static readonly JsonSerializerOptions Json = new() { IgnoreReadOnlyProperties = true, RespectNullableAnnotations = true };
    private readonly List<ITransformer> _members = [];
    private DataViewSchema _schema;

    /// <param name="catalog">Makes the members.</param>
    /// <param name="inputSchema">The schema that the saved transformer was fitted to.</param>
    /// <param name="settings">What the loaded chain is to know.</param>
    public SavedForm(TransformsCatalog catalog, DataViewSchema inputSchema, object settings)
    {
        _schema = inputSchema;
        Add(catalog.CustomMapping<NoColumns, ConstantColumns>(ConstantsContract.Map, ConstantsContract.Name));
        Add(catalog.Conversion.MapValue(
            Settings, [KeyValuePair.Create(TheKey, JsonSerializer.Serialize(settings, Json))], Key));
    }

    /// <summary>Adds a member, fitted to what the members before it give.</summary>
    public void Add(IEstimator<ITransformer> member)
    {
        ITransformer fitted = member.Fit(new EmptyView(_schema));
        _schema = fitted.GetOutputSchema(_schema);
        _members.Add(fitted);
    }

    /// <summary>Writes the chain as the transformer's entry of the model file.</summary>
    public void Save(TransformsCatalog catalog, ModelSaveContext context)
    {
        string[] own = [.. _schema.Where(c => c.Name.StartsWith(Prefix, StringComparison.Ordinal)).Select(c => c.Name)];
        Add(catalog.DropColumns([.. own.Distinct()]));
        ((ICanSaveModel)new TransformerChain<ITransformer>([.. _members])).Save(context);
    }

    /// <summary>The settings of type <typeparamref name="T"/> out of their JSON.</summary>
    /// <exception cref="FormatException">They are none, or have a value that cannot be: the model file was damaged.</exception>
    public static T Parse<T>(string json)
        where T : class, ICheckedSettings
    {
        try
        {
            T settings = JsonSerializer.Deserialize<T>(json, Json) ?? throw new JsonException("They are empty.");
            settings.Check();
            return settings;
        }
        catch (Exception problem) when (problem is JsonException or NotSupportedException or ArgumentException)
        {
            throw new FormatException(
                $"The saved model's DiffSeg settings are damaged: {problem.Message} Load the file again from where it was saved.", problem);
        }
    }

    /// <summary>The settings in a loaded chain's member; null when the member is not one that carries them.</summary>
    public static string? ReadSettings(ITransformer member)
    {
        if (member is not ValueMappingTransformer)
        {
            return null;
        }

        IDataView key = new MLContext().Data.LoadFromEnumerable([new ConstantColumns()]);
        DataViewSchema.Column? settings;
        try
        {
            settings = member.GetOutputSchema(key.Schema).GetColumnOrNull(Settings);
        }
        catch (ArgumentException)
        {
            // A value mapping of the user's, of columns that we know nothing of.
            return null;
        }

        return settings is null ? null : member.Transform(key).GetColumn<string>(Settings).Single();
    }

    /// <summary>No input at all.</summary>
    public sealed class NoColumns;

    /// <summary>The key of the settings, and stand-ins for inputs that a transformer was not given.</summary>
    public sealed class ConstantColumns
    {
        [ColumnName(Key)]
        public int TheOnlyKey { get; set; } = TheKey;

        [ColumnName(NoAttention)]
        public VBuffer<float> EmptyVector { get; set; } = new(0, []);

        [ColumnName(NoText)]
        public string EmptyText { get; set; } = "";

        [ColumnName(NoNumber)]
        public int Zero { get; set; }
    }
}
