using System.Globalization;
using System.Numerics;
using DiffSeg.MLNet.Metrics;
using DiffSeg.Onnx;
using Microsoft.ML.OnnxRuntime;

namespace DiffSeg.MLNet.Scoring;

/// <summary>
/// An attention model opened in ONNX Runtime. Any number of threads may run it; they take turns where a run has all cores to
/// itself, since two at once are no faster and take twice the memory. It is closed when the last run is over.
/// </summary>
internal sealed class AttentionSession : IDisposable
{
    private readonly object _gate = new();
    private readonly AttentionModel _model;
    private readonly InferenceSession _session;

    // ONNX Runtime reads them again after it has parsed the model: they live as long as the session does.
    private readonly SessionOptions _options;
    private readonly int _atOnce;
    private int _running;
    private bool _closed;

    private AttentionSession(AttentionModel model, SessionOptions options)
    {
        _model = model;
        _options = options;
        _atOnce = options.IntraOpNumThreads > 0 ? Math.Max(1, Environment.ProcessorCount / options.IntraOpNumThreads) : 1;
        try
        {
            _session = new InferenceSession(model.Path, options);
            CheckShapes();
        }
        catch
        {
            _session?.Dispose();
            options.Dispose();
            throw;
        }
    }

    /// <summary>Opens a model.</summary>
    /// <exception cref="InvalidOperationException">
    /// ONNX Runtime cannot run it, or not on the GPU asked for, or finds outputs of other sizes in it than it declares.
    /// </exception>
    public static AttentionSession Open(AttentionModel model, AttentionScoringOptions options)
    {
        NativeOnnxRuntime.Require();
        try
        {
            return new AttentionSession(model, options.MakeSessionOptions(options.GpuDeviceId, model));
        }
        catch (Exception) when (options.GpuDeviceId is not null && options.FallbackToCpu)
        {
            // A missing CUDA library, driver or device shows itself as almost any exception; whatever is wrong with the
            // model itself is thrown again here.
            return OpenOnCpu(model, options);
        }
        catch (Exception problem) when (problem is OnnxRuntimeException or EntryPointNotFoundException or DllNotFoundException)
        {
            throw CannotRun(model, options.GpuDeviceId, problem);
        }
    }

    /// <summary>The shape of a row's part of an output, as declared but for the number of rows in front, which is 1.</summary>
    public int[] ShapeOf(string output) => _session.OutputMetadata[output].Dimensions is [_, .. var row] && _model.BatchSize != 1
        ? [1, .. row]
        : _session.OutputMetadata[output].Dimensions;

    public OrtIoBinding Bind()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closed, typeof(AttentionScoringTransformer));
            return _session.CreateIoBinding();
        }
    }

    /// <summary>Runs the model from and to what is bound, when there is a turn.</summary>
    /// <exception cref="InvalidOperationException">ONNX Runtime could not: the cause is its own exception.</exception>
    public void Run(RunOptions run, OrtIoBinding binding)
    {
        lock (_gate)
        {
            while (_running == _atOnce && !_closed)
            {
                Monitor.Wait(_gate);
            }

            ObjectDisposedException.ThrowIf(_closed, typeof(AttentionScoringTransformer));
            _running++;
        }

        try
        {
            using Stage.Timing running = Stage.Model.Begin();
            _session.RunWithBinding(run, binding);
            binding.SynchronizeBoundOutputs();
        }
        catch (OnnxRuntimeException problem)
        {
            throw CannotRun(_model, null, problem);
        }
        finally
        {
            lock (_gate)
            {
                _running--;
                Monitor.PulseAll(_gate);
            }
        }
    }

    /// <summary>Closes the model; waits for runs that have begun.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_closed)
            {
                return;
            }

            _closed = true;
            while (_running > 0)
            {
                Monitor.Wait(_gate);
            }
        }

        _session.Dispose();
        _options.Dispose();
    }

    // ONNX Runtime works out the sizes of outputs itself, and does no more than warn where the file declares others.
    private void CheckShapes()
    {
        foreach (AttentionOutput output in _model.Outputs)
        {
            int[] shape = ShapeOf(output.Name);
            if (shape.Any(side => side < 1) || shape.Aggregate(BigInteger.One, (product, side) => product * side) != (long)output.Maps * output.Shape.Tokens)
            {
                string found = string.Join(", ", shape.Select(side => side < 0 ? "?" : side.ToString(CultureInfo.InvariantCulture)));
                throw new InvalidOperationException(
                    $"'{_model.Path}' cannot be run: its output '{output.Name}' is declared with {(long)output.Maps * output.Shape.Tokens} values for "
                    + $"a picture, and comes out of its graph as [{found}]. The file is damaged, or was built wrongly: rebuild the model.");
            }
        }
    }

    private static AttentionSession OpenOnCpu(AttentionModel model, AttentionScoringOptions options)
    {
        try
        {
            return new AttentionSession(model, options.MakeSessionOptions(null, model));
        }
        catch (OnnxRuntimeException problem)
        {
            throw CannotRun(model, null, problem);
        }
    }

    private static InvalidOperationException CannotRun(AttentionModel model, int? gpu, Exception problem) => gpu is { } device
        ? new(
            $"ONNX Runtime cannot run '{model.Path}' on GPU {device}: {problem.Message} Reference Microsoft.ML.OnnxRuntime.Gpu "
            + "where there is CUDA, allow the fallback to the CPU (FallbackToCpu), or ask for no GPU.",
            problem)
        : new($"ONNX Runtime cannot run '{model.Path}': {problem.Message}", problem);
}
