package dev.assay.server.internal.jobs;

import dev.assay.DetectorSettings;
import dev.assay.MediaKind;
import dev.assay.Report;
import dev.assay.internal.report.ReportJson;
import dev.assay.isolation.ReportPage;
import dev.assay.server.internal.intake.Upload;
import dev.assay.server.internal.jobs.Job.Status;
import dev.assay.server.internal.work.BusyException;
import dev.assay.server.internal.work.Detectors;
import dev.assay.server.internal.work.PageSettings;
import dev.assay.server.internal.work.Workshop;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Files that are examined while nobody waits: kept on disk until they are, their reports for a
 * stated time. As many are in the workshop at a time as it has places, so that whoever waits for an
 * answer is not behind all of them. Thread-safe.
 */
public final class Jobs implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(Jobs.class.getName());
  private static final long SWEEP_SECONDS = 30;
  private static final long AGAIN_SECONDS = 60;
  private static final long BUSY_MILLISECONDS = 50;

  private static final int THUMBNAIL = 480;

  private record Named(String owner, String idempotency) {}

  private final JobFolder folder;
  private final Workshop workshop;
  private final Detectors detectors;
  private final Consumer<Report> examined;
  private final Optional<Webhooks> webhooks;
  private final int most;
  private final Duration keep;
  private final Clock clock;
  private final Semaphore places;
  private final Map<String, Job> known = new LinkedHashMap<>();
  private final Map<Named, String> requests = new HashMap<>();
  private final Deque<String> waiting = new ArrayDeque<>();
  private final String process = UUID.randomUUID().toString();
  private long changes;
  private boolean ending;
  private final ScheduledExecutorService sweeper;
  private final Thread dispatcher;

  /**
   * With the jobs of an earlier process.
   *
   * @param place folder of the jobs
   * @param most jobs that may wait
   * @param keep how long reports are kept
   * @param examined is told of each report
   * @param webhooks tells others of jobs that are done; owned from now on
   * @throws IOException if the folder cannot be read
   */
  public Jobs(
      Path place,
      int most,
      Duration keep,
      int atATime,
      Workshop workshop,
      Detectors detectors,
      Consumer<Report> examined,
      Optional<Webhooks> webhooks,
      Clock clock)
      throws IOException {
    this.folder = new JobFolder(place);
    this.workshop = workshop;
    this.detectors = detectors;
    this.examined = examined;
    this.webhooks = webhooks;
    this.most = most;
    this.keep = keep;
    this.clock = clock;
    this.places = new Semaphore(atATime);
    for (Job job : folder.all()) {
      remember(job);
      Optional<String> report = report(job);
      if (report.isPresent() && !folder.isTold(job)) {
        tell(job, report.get());
      }
    }
    this.sweeper =
        Executors.newSingleThreadScheduledExecutor(task -> daemon(task, "assay-forgetting"));
    var unused = sweeper.scheduleWithFixedDelay(this::sweep, 0, SWEEP_SECONDS, TimeUnit.SECONDS);
    this.dispatcher = daemon(this::dispatch, "assay-jobs");
    dispatcher.start();
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  private void remember(Job job) {
    known.put(job.id(), job);
    job.request()
        .idempotency()
        .ifPresent(key -> requests.put(new Named(job.owner(), key), job.id()));
    if (job.status() == Status.QUEUED) {
      waiting.add(job.id());
    }
  }

  /**
   * Takes a file.
   *
   * @param upload whose file is moved to the job
   * @param request what is asked of it
   * @param owner name of the access key that sent it; empty for none
   * @return the new job, or that of the same request before
   * @throws BusyException if as many wait as may wait
   * @throws ConflictException if another request has that name
   * @throws IOException if it cannot be kept
   */
  public synchronized Job add(Upload upload, JobRequest request, String owner)
      throws BusyException, ConflictException, IOException {
    Job job =
        new Job(
            UUID.randomUUID().toString(),
            owner,
            upload.name(),
            upload.sha256(),
            request,
            clock.instant(),
            Job.Progress.QUEUED,
            "");
    Optional<Job> before =
        request.idempotency().map(key -> requests.get(new Named(owner, key))).map(known::get);
    if (before.isPresent()) {
      if (!before.get().isSameAs(job)) {
        throw new ConflictException();
      }
      return before.get();
    }
    if (waiting.size() >= most) {
      throw new BusyException();
    }
    folder.add(job, upload.file());
    remember(job);
    changed();
    return job;
  }

  /** Whether another may wait. */
  public synchronized boolean hasRoom() {
    return waiting.size() < most;
  }

  /** A job of an owner. */
  public synchronized Optional<Job> find(String id, String owner) {
    return Optional.ofNullable(known.get(id)).filter(job -> job.owner().equals(owner));
  }

  /** The jobs of an owner, the newest first. */
  public synchronized List<Job> all(String owner) {
    List<Job> all = new ArrayList<>();
    for (Job job : known.values()) {
      if (job.owner().equals(owner)) {
        all.add(job);
      }
    }
    Collections.reverse(all);
    return all;
  }

  /** A text that is another one whenever any job is further, or has another note. */
  public synchronized String version() {
    return process + "-" + changes;
  }

  private synchronized void changed() {
    changes++;
    notifyAll();
  }

  /** How many jobs are before it; 0 for one that does not wait. */
  public synchronized int before(Job job) {
    int place = 0;
    for (String id : waiting) {
      if (id.equals(job.id())) {
        return place;
      }
      place++;
    }
    return 0;
  }

  /**
   * Waits until a job is further than that, or some time has passed.
   *
   * @return the job as it is then; empty once it is forgotten
   */
  public synchronized Optional<Job> further(Job than, Duration time) throws InterruptedException {
    long until = System.nanoTime() + time.toNanos();
    Job now = known.get(than.id());
    long left = time.toMillis();
    while (now != null && now.status() == than.status() && left > 0 && !ending) {
      wait(left);
      left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
      now = known.get(than.id());
    }
    return Optional.ofNullable(now);
  }

  /** The report of a job that is done, as JSON. */
  public Optional<String> report(Job job) throws IOException {
    return job.status() == Status.DONE ? folder.report(job) : Optional.empty();
  }

  /** The page of a job that is done, if one was asked for. */
  public Optional<String> page(Job job) throws IOException {
    return job.status() == Status.DONE ? folder.page(job) : Optional.empty();
  }

  /** The small picture beside that page, as a JPEG file. */
  public Optional<byte[]> thumbnail(Job job) throws IOException {
    return job.status() == Status.DONE ? folder.thumbnail(job) : Optional.empty();
  }

  /** Keeps a note with a job; a blank one is none. */
  public synchronized void note(Job job, String text) throws IOException {
    Job now = known.get(job.id());
    if (now != null) {
      Job noted = now.noted(text.strip());
      folder.note(noted);
      known.put(noted.id(), noted);
      changed();
    }
  }

  /** Forgets a job, its media and its report; of one that is examined now nothing will be kept. */
  public synchronized void remove(Job job) throws IOException {
    known.remove(job.id());
    waiting.remove(job.id());
    job.request().idempotency().ifPresent(key -> requests.remove(new Named(job.owner(), key)));
    folder.remove(job);
    changed();
  }

  private void dispatch() {
    try {
      while (true) {
        places.acquire();
        Job job = next();
        while (!submitted(job)) {
          Thread.sleep(BUSY_MILLISECONDS);
        }
      }
    } catch (InterruptedException e) {
      // The server ends; what waits is on disk.
    }
  }

  private synchronized Job next() throws InterruptedException {
    while (waiting.isEmpty()) {
      wait();
    }
    Job job = known.get(waiting.remove());
    if (job == null) {
      throw new IllegalStateException("a job waits that is not known");
    }
    return advance(job, Job.Progress.runningSince(clock.instant()));
  }

  /** The job as it is then, which may have another note than it had. */
  private synchronized Job advance(Job job, Job.Progress progress) {
    Job now = known.get(job.id());
    if (now == null) {
      return job;
    }
    Job further = now.at(progress);
    known.put(job.id(), further);
    changed();
    return further;
  }

  private boolean submitted(Job job) {
    try {
      var unused =
          workshop.submit(
              () -> {
                examine(job);
                return job;
              });
      return true;
    } catch (BusyException e) {
      return false;
    }
  }

  private void examine(Job job) {
    try {
      finish(job, examined(job));
    } catch (IOException | RuntimeException e) {
      later(job, e);
    } finally {
      places.release();
    }
  }

  /** It is on disk: begun again after a while, when a full disk may have room, or by the next. */
  private synchronized void later(Job job, Exception cause) {
    if (!ending) {
      LOG.log(System.Logger.Level.ERROR, "a job failed, and is begun again later", cause);
      advance(job, Job.Progress.QUEUED);
      var unused = sweeper.schedule(() -> again(job), AGAIN_SECONDS, TimeUnit.SECONDS);
    }
  }

  private synchronized void again(Job job) {
    if (known.containsKey(job.id())) {
      waiting.add(job.id());
      changed();
    }
  }

  private JobResult examined(Job job) {
    Path media = folder.media(job);
    DetectorSettings settings = job.request().settings();
    Optional<String> language = job.request().page();
    if (language.isEmpty()) {
      Report report =
          detectors.ask(settings, detector -> detector.analyze(media, job.name(), job.sha256()));
      examined.accept(report);
      return JobResult.of(ReportJson.line(report));
    }
    DetectorSettings shown = PageSettings.of(settings);
    ReportPage page =
        detectors.ask(shown, detector -> detector.page(media, job.name(), language.get()));
    examined.accept(page.report());
    Optional<byte[]> thumbnail =
        page.report().media().filter(facts -> facts.kind() != MediaKind.AUDIO).isPresent()
            ? detectors.ask(shown, detector -> detector.thumbnail(media, THUMBNAIL))
            : Optional.empty();
    return new JobResult(ReportJson.line(page.report()), Optional.of(page.html()), thumbnail);
  }

  private synchronized void finish(Job job, JobResult result) throws IOException {
    if (known.containsKey(job.id())) {
      folder.finish(job, result);
      tell(advance(job, Job.Progress.doneAt(clock.instant())), result.report());
    }
  }

  private void tell(Job job, String report) {
    if (webhooks.isPresent() && job.request().webhook().isPresent()) {
      webhooks.get().tell(job.request().webhook().get(), job.told(report), () -> told(job));
    }
  }

  private synchronized void told(Job job) {
    try {
      folder.told(job);
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "who was told of a job will be told again", e);
    }
  }

  /** Forgets what was kept for its time. */
  private synchronized void sweep() {
    List<Job> old = new ArrayList<>();
    for (Job job : known.values()) {
      Optional<Instant> finished = job.finished();
      if (finished.isPresent() && finished.get().plus(keep).isBefore(clock.instant())) {
        old.add(job);
      }
    }
    for (Job job : old) {
      try {
        remove(job);
      } catch (IOException e) {
        LOG.log(System.Logger.Level.WARNING, "a job cannot be removed", e);
      }
    }
  }

  /** Begins no other; what waits is begun by the next process. */
  public synchronized void finish() {
    ending = true;
    notifyAll();
    dispatcher.interrupt();
    sweeper.shutdownNow();
    webhooks.ifPresent(Webhooks::close);
  }

  /** Whether the server ends. */
  public synchronized boolean isEnding() {
    return ending;
  }

  /** Ends; what is not done is begun again by the next process. */
  @Override
  public void close() {
    finish();
  }
}
