using DiffSeg.MLNet.Mapping;
using DiffSeg.Onnx;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace DiffSeg.MLNet.Scoring;

/// <summary>A scoring transformer's columns over one input schema.</summary>
internal sealed class ScoringMapping : ColumnMapping
{
    private readonly int _lookAhead;

    private ScoringMapping(
        DataViewSchema inputSchema, DataViewSchema.Column pixels, AttentionModel model, AttentionSession session,
        ScoringOutput[] outputs, AttentionScoringOptions options)
        : base(inputSchema, [.. outputs.Select(output =>
            new AddedColumn(output.Name, new VectorDataViewType(NumberDataViewType.Single, output.Shape), [pixels]))])
    {
        Pixels = pixels;
        Session = session;
        Outputs = outputs;
        InputShape = [1, 3, model.ImageHeight, model.ImageWidth];
        FirstKlThreshold = options.FirstKlThreshold;
        _lookAhead = options.LookAhead;
    }

    /// <summary>The column that goes into the model.</summary>
    public DataViewSchema.Column Pixels { get; }

    public AttentionSession Session { get; }

    public ScoringOutput[] Outputs { get; }

    public IReadOnlyList<long> InputShape { get; }

    /// <summary>What a graph that merges is fed as its threshold; null for nothing.</summary>
    public float? FirstKlThreshold { get; }

    public static ScoringMapping Of(
        DataViewSchema inputSchema, AttentionModel model, AttentionSession session, ScoringOutput[] outputs,
        AttentionScoringOptions options)
        => new(inputSchema, ScoringInput.Of(inputSchema, model), model, session, outputs, options);

    public override RowComputation Over(DataViewRow input) => new ScoringRow(this, input);

    public override DataViewRowCursor CursorOver(
        DataViewRowCursor input, DataViewSchema.Column[] columns, IReadOnlyCollection<int> measuredOnly)
    {
        return _lookAhead > 0 && columns.Any(IsAdded)
            && KeptColumns.TryOver(this, input, columns, measuredOnly, _lookAhead + 1) is { } kept
            ? new ScoringCursor(this, input, columns, kept, _lookAhead + 1)
            : new MappedCursor(this, input, columns);
    }
}
