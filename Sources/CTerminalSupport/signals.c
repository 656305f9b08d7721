#include <errno.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "CTerminalSupport.h"
#include "restoration.h"

// Atomic integers are lock-free here, hence allowed in handlers, and unlike `sig_atomic_t` they are
// also sound when a handler runs on one thread and the main loop on another.
static atomic_int wake_descriptor = -1;
static atomic_int pending_termination;
static atomic_long termination_second;
static atomic_int pending_stop;
static atomic_int pending_continue;

static const int termination_signals[] = {SIGTERM, SIGHUP, SIGINT};
static const int fatal_signals[] = {SIGILL,  SIGTRAP, SIGSEGV, SIGABRT,
                                    SIGBUS,  SIGFPE,  SIGQUIT, SIGSYS};
enum {
  termination_count = sizeof termination_signals / sizeof termination_signals[0],
  fatal_count = sizeof fatal_signals / sizeof fatal_signals[0],
  // A second request to end counts as impatience only after this long: closing a terminal
  // window sends SIGHUP from the kernel and again from the shell.
  patience_seconds = 2,
};

// Where the processor steps over a trap instruction, returning from its signal does not repeat it.
#if defined(__x86_64__) || defined(__i386__)
static const bool trap_repeats = false;
#else
static const bool trap_repeats = true;
#endif

static struct sigaction previous_termination[termination_count];
static struct sigaction previous_fatal[fatal_count];
static struct sigaction previous_stop;
static struct sigaction previous_continue;
static struct sigaction previous_resize;
static bool installed;
static bool resize_chained;

// A stack overflow leaves no room for a handler on the thread's own stack.
static char alternate_stack[65536];

static void wake(void) {
  int descriptor = atomic_load(&wake_descriptor);
  if (descriptor >= 0) {
    // A full pipe wakes the reader just as well.
    ssize_t ignored = write(descriptor, "s", 1);
    (void)ignored;
  }
}

/// Gives a signal its previous action, or the default one where it was ignored.
static void reinstate(int number, const struct sigaction *previous) {
  struct sigaction action = *previous;
  if (!(action.sa_flags & SA_SIGINFO) && action.sa_handler == SIG_IGN) {
    action.sa_handler = SIG_DFL;
  }
  sigaction(number, &action, NULL);
}

static void handle_termination(int number) {
  int saved = errno;
  struct timespec now = {0, 0};
  clock_gettime(CLOCK_MONOTONIC, &now);
  int expected = 0;
  if (atomic_compare_exchange_strong(&pending_termination, &expected, number)) {
    atomic_store(&termination_second, (long)now.tv_sec);
  } else if (now.tv_sec - atomic_load(&termination_second) >= patience_seconds) {
    // The main loop has not looked for seconds: it hangs, so the process ends from here.
    nibble_terminal_restore_at_death();
    for (int i = 0; i < termination_count; i++) {
      if (termination_signals[i] == number) reinstate(number, &previous_termination[i]);
    }
    raise(number);
  }
  wake();
  errno = saved;
}

static void handle_fatal(int number, siginfo_t *info, void *context) {
  (void)context;
  int saved = errno;
  nibble_terminal_restore_at_death();
  // A fault of the processor happens again, with all its particulars, when the instruction is
  // repeated, and abort() sees to its own end: there the previous handler may print its backtrace.
  // After anything else, such as a signal sent from outside, that handler would return into a
  // program that goes on without its terminal, so the default action ends it.
  bool repeats = info->si_code > 0 && (number == SIGSEGV || number == SIGBUS || number == SIGILL ||
                                       number == SIGFPE || (number == SIGTRAP && trap_repeats));
  bool aborts = number == SIGABRT && info->si_code == SI_TKILL;
  if (repeats || aborts) {
    for (int i = 0; i < fatal_count; i++) {
      if (fatal_signals[i] == number) reinstate(number, &previous_fatal[i]);
    }
  } else {
    signal(number, SIG_DFL);
  }
  // Blocked while this handler runs, so it arrives when the handler returns.
  if (!repeats) raise(number);
  errno = saved;
}

static void handle_stop(int number) {
  (void)number;
  int saved = errno;
  atomic_store(&pending_stop, 1);
  wake();
  errno = saved;
}

static void handle_continue(int number) {
  (void)number;
  int saved = errno;
  atomic_store(&pending_continue, 1);
  wake();
  errno = saved;
}

static void handle_resize(int number, siginfo_t *info, void *context) {
  int saved = errno;
  if (previous_resize.sa_flags & SA_SIGINFO) {
    previous_resize.sa_sigaction(number, info, context);
  } else if (previous_resize.sa_handler != SIG_DFL && previous_resize.sa_handler != SIG_IGN) {
    previous_resize.sa_handler(number);
  }
  wake();
  errno = saved;
}

static struct sigaction plain_action(void (*handler)(int)) {
  struct sigaction action;
  memset(&action, 0, sizeof action);
  sigemptyset(&action.sa_mask);
  action.sa_handler = handler;
  action.sa_flags = SA_RESTART;
  return action;
}

static bool is_ignored(const struct sigaction *action) {
  return !(action->sa_flags & SA_SIGINFO) && action->sa_handler == SIG_IGN;
}

void nibble_signals_install(int descriptor) {
  if (installed) return;
  installed = true;
  atomic_store(&wake_descriptor, descriptor);
  atomic_store(&pending_termination, 0);
  atomic_store(&pending_stop, 0);
  atomic_store(&pending_continue, 0);

  stack_t stack;
  if (sigaltstack(NULL, &stack) == 0 && (stack.ss_flags & SS_DISABLE)) {
    memset(&stack, 0, sizeof stack);
    stack.ss_sp = alternate_stack;
    stack.ss_size = sizeof alternate_stack;
    sigaltstack(&stack, NULL);
  }

  struct sigaction action = plain_action(handle_termination);
  for (int i = 0; i < termination_count; i++) {
    sigaction(termination_signals[i], NULL, &previous_termination[i]);
    // nohup, and shells without job control, ask for these to stay ignored.
    if (!is_ignored(&previous_termination[i])) sigaction(termination_signals[i], &action, NULL);
  }

  action = plain_action(handle_stop);
  sigaction(SIGTSTP, NULL, &previous_stop);
  if (!is_ignored(&previous_stop)) sigaction(SIGTSTP, &action, NULL);
  action = plain_action(handle_continue);
  sigaction(SIGCONT, &action, &previous_continue);

  memset(&action, 0, sizeof action);
  // Two faults at once on different threads must not interrupt each other's restoration.
  sigfillset(&action.sa_mask);
  action.sa_sigaction = handle_fatal;
  action.sa_flags = SA_SIGINFO | SA_ONSTACK;
  for (int i = 0; i < fatal_count; i++) sigaction(fatal_signals[i], &action, &previous_fatal[i]);
}

void nibble_signals_chain_resize(void) {
  if (!installed || resize_chained) return;
  resize_chained = true;
  struct sigaction action;
  memset(&action, 0, sizeof action);
  sigemptyset(&action.sa_mask);
  action.sa_sigaction = handle_resize;
  action.sa_flags = SA_SIGINFO | SA_RESTART;
  // The old action is read before the new handler can run, which uses it.
  sigaction(SIGWINCH, NULL, &previous_resize);
  sigaction(SIGWINCH, &action, NULL);
}

void nibble_signals_remove(void) {
  if (!installed) return;
  installed = false;
  for (int i = 0; i < termination_count; i++) {
    sigaction(termination_signals[i], &previous_termination[i], NULL);
  }
  for (int i = 0; i < fatal_count; i++) sigaction(fatal_signals[i], &previous_fatal[i], NULL);
  sigaction(SIGTSTP, &previous_stop, NULL);
  sigaction(SIGCONT, &previous_continue, NULL);
  if (resize_chained) sigaction(SIGWINCH, &previous_resize, NULL);
  resize_chained = false;
  atomic_store(&wake_descriptor, -1);
}

int nibble_signals_take_termination(void) { return atomic_exchange(&pending_termination, 0); }

bool nibble_signals_take_stop(void) { return atomic_exchange(&pending_stop, 0) != 0; }

bool nibble_signals_take_continue(void) { return atomic_exchange(&pending_continue, 0) != 0; }

void nibble_signals_stop(void) {
  if (!installed || is_ignored(&previous_stop)) return;
  struct sigaction ours;
  sigaction(SIGTSTP, &previous_stop, &ours);
  atomic_store(&pending_continue, 0);
  kill(0, SIGTSTP);
  // The signal may be taken by another thread, so that this one runs on for a moment. Being
  // continued sets the flag; a group that cannot be stopped is given up on after 0.2 seconds.
  struct timespec pause = {0, 5 * 1000 * 1000};
  for (int i = 0; i < 40 && !atomic_load(&pending_continue); i++) nanosleep(&pause, NULL);
  sigaction(SIGTSTP, &ours, NULL);
  atomic_store(&pending_continue, 0);
  atomic_store(&pending_stop, 0);
}
