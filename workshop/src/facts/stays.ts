/**
 * A script that starts a process which stays: it stops itself. It needs nothing but a shell, as not every
 * root has sleep(1).
 */
export const STAYS = "sh -c 'kill -STOP $$' &";
