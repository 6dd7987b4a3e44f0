using DiffSeg.MLNet.Mapping;
using DiffSeg.Onnx;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace DiffSeg.MLNet.Scoring;

/// <summary>A scoring transformer's columns over one input schema.</summary>
internal sealed class ScoringMapping : ColumnMapping
{
    private readonly int _blocks;

    private ScoringMapping(
        DataViewSchema inputSchema, DataViewSchema.Column pixels, AttentionModel model, AttentionSession session,
        ScoringOutput[] outputs, RowsPerRun rows, AttentionScoringOptions options)
        : base(inputSchema, [.. outputs.Select(output =>
            new AddedColumn(output.Name, new VectorDataViewType(NumberDataViewType.Single, output.Shape), [pixels]))])
    {
        Pixels = pixels;
        Session = session;
        Outputs = outputs;
        InputShape = [1, 3, model.ImageHeight, model.ImageWidth];
        FirstKlThreshold = options.FirstKlThreshold;
        Rows = rows;
        // The current block, and as many as the rows ahead begin.
        _blocks = 1 + ((options.LookAhead + rows.Most - 1) / rows.Most);
    }

    /// <summary>The column that goes into the model.</summary>
    public DataViewSchema.Column Pixels { get; }

    public AttentionSession Session { get; }

    public ScoringOutput[] Outputs { get; }

    /// <summary>Shape of one row's picture.</summary>
    public int[] InputShape { get; }

    public RowsPerRun Rows { get; }

    /// <summary>What a graph that merges is fed as its threshold; null for nothing.</summary>
    public float? FirstKlThreshold { get; }

    public static ScoringMapping Of(
        DataViewSchema inputSchema, AttentionModel model, AttentionSession session, ScoringOutput[] outputs,
        RowsPerRun rows, AttentionScoringOptions options)
        => new(inputSchema, ScoringInput.Of(inputSchema, model), model, session, outputs, rows, options);

    public override RowComputation Over(DataViewRow input) => new ScoringRow(this, input);

    public override bool ReadsLargeRows(IEnumerable<DataViewSchema.Column> outputColumns) => outputColumns.Any(IsAdded);

    public override DataViewRowCursor[] CursorsOver(
        DataViewRowCursor[] inputs, DataViewSchema.Column[] columns, IReadOnlyCollection<int> measuredOnly, int asked)
    {
        if (inputs is not [var input] || !columns.Any(IsAdded) || _blocks * Rows.Most == 1
            || KeptColumns.TryOver(this, input, columns, measuredOnly, _blocks * Rows.Most) is not { } kept)
        {
            return base.CursorsOver(inputs, columns, measuredOnly, asked);
        }

        // However many cursors are asked for, they have the memory of one that reads ahead.
        int cursors = Math.Clamp(asked, 1, _blocks);
        var rows = new SourceRows(input, kept, cursors);
        bool[] wanted = [.. Enumerable.Range(0, Outputs.Length).Select(output =>
            columns.Any(column => column.Index == InputSchema.Count + output))];
        if (cursors == 1)
        {
            RowBlock[] places = [.. Enumerable.Range(0, _blocks).Select(Block)];
            return [new ScoringCursor(this, kept, columns, new BlocksAhead(new BlockReader(this, rows, wanted), places))];
        }

        return [.. Enumerable.Range(0, cursors).Select(index => new ScoringCursor(
            this, kept, columns, new SharedBlocks(new BlockReader(this, rows, wanted), Block(index))))];

        RowBlock Block(int index) => new(index, new(Session, Outputs, Rows), Rows.Most);
    }
}
